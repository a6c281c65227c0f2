using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Timeline;

/// <summary>Something that happened to a client, as people read it.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="At">When.</param>
/// <param name="Kind">A kind of <see cref="TimelineKinds"/>.</param>
/// <param name="Text">What, in both languages.</param>
/// <param name="Actor">Who did it: a name; <see langword="null"/> for the flow itself.</param>
/// <param name="InstanceId">The instance that wrote it, or <see langword="null"/>.</param>
/// <param name="ReferenceId">The mail, task or link that it is about, or <see langword="null"/>.</param>
public sealed record TimelineEntry(
    Guid Id, Guid EngagementId, DateTimeOffset At, string Kind, LocalizedText Text, string? Actor, Guid? InstanceId, Guid? ReferenceId);

/// <summary>The kinds of timeline entries, by which a reader filters.</summary>
public static class TimelineKinds
{
    /// <summary>A mail was written to the client.</summary>
    public const string Mail = "mail";

    /// <summary>The client answered or declined.</summary>
    public const string Answer = "answer";

    /// <summary>A task was given or done.</summary>
    public const string Task = "task";

    /// <summary>An approval was asked for or decided.</summary>
    public const string Approval = "approval";

    /// <summary>The stage changed.</summary>
    public const string Stage = "stage";

    /// <summary>A remark, by a flow or a person.</summary>
    public const string Note = "note";

    /// <summary>The client or its data came in or changed.</summary>
    public const string Record = "record";

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Mail, Answer, Task, Approval, Stage, Note, Record];

    /// <summary>Returns the name that people read, of all entries of a kind.</summary>
    public static LocalizedText NameOf(string kind) => kind switch
    {
        Mail => new("Mails", "邮件"),
        Answer => new("Answers", "客户回复"),
        Task => new("Tasks", "任务"),
        Approval => new("Approvals", "审批"),
        Stage => new("Stages", "阶段变化"),
        Record => new("Records", "资料变更"),
        _ => new("Notes", "备注"),
    };

    /// <summary>Tells whether <paramref name="kind"/> is one of <see cref="All"/>.</summary>
    public static bool IsKnown(string kind) => All.Contains(kind, StringComparer.Ordinal);
}
