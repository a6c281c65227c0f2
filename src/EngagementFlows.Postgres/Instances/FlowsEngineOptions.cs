using EngagementFlows.Postgres.Inbox;

namespace EngagementFlows.Postgres.Instances;

/// <summary>How one process works on the database.</summary>
public sealed record FlowsEngineOptions
{
    /// <summary>Gets how many commits of callers' requests may be under way at once.</summary>
    /// <value>Key <c>EngagementFlows:Engine:Committers</c>; default 2; 1 to 8.</value>
    public int Committers { get; init; } = 2;

    /// <summary>Gets how due facts are served.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>Gets how often the inbox is looked at without any hint: the most by which a timer is late whose process died.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how often kept events are offered without any hint.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan EventSweep { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how often links are looked for whose contact has another mail address by now, to be sent anew.</summary>
    /// <value>Default 20 seconds.</value>
    public TimeSpan AddressSweep { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets how often the definitions are looked at without any hint.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan DefinitionPoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how often partitions are made ahead and rows that nobody needs any more are removed.</summary>
    /// <value>Default 1 hour.</value>
    public TimeSpan Housekeeping { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets how long an uploaded file waits for a decision before its content is removed; by the first housekeeping after it.</summary>
    /// <value>Key <c>EngagementFlows:Imports:KeepUndecided</c>; default 7 days; 1 hour to 365 days.</value>
    public TimeSpan KeepUndecidedUploads { get; init; } = TimeSpan.FromDays(7);
}
