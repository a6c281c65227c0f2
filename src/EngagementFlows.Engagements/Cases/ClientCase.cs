using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Cases;

/// <summary>What kind of case a client raised.</summary>
public static class CaseKinds
{
    /// <summary>The client wants to know something.</summary>
    public const string Question = "question";

    /// <summary>The client is not content.</summary>
    public const string Complaint = "complaint";

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Question, Complaint];

    /// <summary>Returns the name that people read.</summary>
    public static LocalizedText NameOf(string kind) => kind == Complaint ? new("Complaint", "投诉") : new("Question", "问题");
}

/// <summary>How soon a case must be answered; the promise table says what each class means.</summary>
public static class CaseClasses
{
    /// <summary>Work stands still, or harm threatens.</summary>
    public const string Urgent = "urgent";

    /// <summary>It matters this day.</summary>
    public const string High = "high";

    /// <summary>Everything else.</summary>
    public const string Normal = "normal";

    /// <summary>Gets all classes, the most urgent first.</summary>
    public static IReadOnlyList<string> All { get; } = [Urgent, High, Normal];

    /// <summary>Returns the name that people read.</summary>
    public static LocalizedText NameOf(string name) => name switch
    {
        Urgent => new("Urgent", "紧急"),
        High => new("High", "较高"),
        _ => new("Normal", "一般"),
    };
}

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Somebody works on it.</summary>
    Open,

    /// <summary>It ended, with an outcome.</summary>
    Closed,
}

/// <summary>A question or a complaint of a client.</summary>
public sealed record ClientCase
{
    /// <summary>Gets the case's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the engagement.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets the instance that handles it.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>Gets a kind of <see cref="CaseKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets a class of <see cref="CaseClasses"/>.</summary>
    public required string Class { get; init; }

    /// <summary>Gets what it is about, in a line, as it was told.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets what was told, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>Gets who told it: a name or a mail address.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>Gets where it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>Gets the name of who answers for it; <see langword="null"/> only until the flow has named somebody.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets how often it was escalated.</summary>
    public int Rung { get; init; }

    /// <summary>Gets when it was raised.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Gets when it was closed; <see langword="null"/> while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Gets how it ended; <see langword="null"/> while open.</summary>
    public string? Outcome { get; init; }

    /// <summary>Gets how content the client is with how it was handled, 1 to 5; <see langword="null"/> if that was not answered.</summary>
    public int? Satisfaction { get; init; }

    /// <summary>Gets what was learned, or <see langword="null"/>.</summary>
    public string? Lesson { get; init; }
}
