using EngagementFlows.Engagements.Milestones;

namespace EngagementFlows.Engagements.Figures;

/// <summary>How promises stand.</summary>
/// <param name="Kept">Clocks that were stopped in time within the period.</param>
/// <param name="Broken">Clocks that were stopped late within the period.</param>
/// <param name="Running">Clocks that run.</param>
/// <param name="Overdue">Those of them that are late already.</param>
public sealed record PromiseCount(long Kept, long Broken, long Running, long Overdue);

/// <summary>What waits for an answer.</summary>
/// <param name="ToUs">Open cases of kind question: the client waits for us.</param>
/// <param name="ToClient">Links that work and are not answered, invitations to meetings apart: we wait for the client.</param>
public sealed record QuestionCount(long ToUs, long ToClient);

/// <summary>How tasks of staff stand.</summary>
/// <param name="InTime">Completed within the period, by their date or without one.</param>
/// <param name="Late">Completed after their date within the period, or given up when it came.</param>
/// <param name="Open">Open now.</param>
/// <param name="Overdue">Those of them whose date has passed.</param>
public sealed record TaskCount(long InTime, long Late, long Open, long Overdue);

/// <summary>How complaints stand.</summary>
/// <param name="Opened">Raised within the period.</param>
/// <param name="Closed">Closed within the period.</param>
/// <param name="Open">Open now.</param>
public sealed record ComplaintCount(long Opened, long Closed, long Open);

/// <summary>What became of meetings whose time came within the period.</summary>
/// <param name="Held">They took place.</param>
/// <param name="Missed">They did not.</param>
public sealed record MeetingCount(long Held, long Missed);

/// <summary>How content clients said they are: ratings named <c>satisfaction</c>, 1 to 5, in forms that they answered within the period.</summary>
/// <param name="Mean">The mean; <see langword="null"/> if nobody was asked or answered.</param>
/// <param name="Answers">How many answered.</param>
public sealed record SatisfactionMean(decimal? Mean, long Answers);

/// <summary>Figures of an engagement, or of a member of staff, over a period, read at one instant.</summary>
public sealed record EngagementFigures
{
    /// <summary>Gets the engagement's title, or the person's name.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the stage of the engagement; <see langword="null"/> for a person.</summary>
    public string? Stage { get; init; }

    /// <summary>Gets the beginning of the period; for an engagement without one asked for, its own beginning.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Gets how promises were kept.</summary>
    public required PromiseCount Promises { get; init; }

    /// <summary>Gets what waits for an answer; <see langword="null"/> for a person.</summary>
    public QuestionCount? Questions { get; init; }

    /// <summary>Gets how tasks were done.</summary>
    public required TaskCount Tasks { get; init; }

    /// <summary>Gets the milestones, withdrawn ones too, by their planned dates; <see langword="null"/> for a person.</summary>
    public IReadOnlyList<Milestone>? Milestones { get; init; }

    /// <summary>Gets how complaints stand; of a person, those that he owns.</summary>
    public required ComplaintCount Complaints { get; init; }

    /// <summary>Gets how many versions of the plan were signed off within the period after the first one; <see langword="null"/> for a person.</summary>
    public long? Changes { get; init; }

    /// <summary>Gets what became of meetings; of a person, those to which he was invited.</summary>
    public required MeetingCount Meetings { get; init; }

    /// <summary>Gets how content the client is; of a person, the clients of his engagements.</summary>
    public required SatisfactionMean Satisfaction { get; init; }

    /// <summary>Gets how many engagements the person owns or is the architect of; <see langword="null"/> for an engagement.</summary>
    public long? Engagements { get; init; }
}
