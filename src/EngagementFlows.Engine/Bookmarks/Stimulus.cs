using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Bookmarks;

/// <summary>A fact from outside that is meant for one instance.</summary>
/// <param name="InstanceId">The instance that it reaches, or that it makes.</param>
public abstract record Stimulus(Guid InstanceId);

/// <summary>Asks for a new instance.</summary>
/// <param name="InstanceId">The id that the new instance gets; a second request with the same id is ignored.</param>
/// <param name="DefinitionId">The definition.</param>
public sealed record StartRequested(Guid InstanceId, string DefinitionId) : Stimulus(InstanceId)
{
    /// <summary>Gets the version to run, or <see langword="null"/> for the published one.</summary>
    public string? DefinitionVersionId { get; init; }

    /// <summary>Gets the workflow inputs by name.</summary>
    public PlainObject Input { get; init; } = new();

    /// <summary>Gets the correlation id, or <see langword="null"/>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the instance's name, or <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the trigger activity that fired, or <see langword="null"/> for a start by hand.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Gets what the trigger activity finds as its resumption input (the event's payload, the HTTP request), or <see langword="null"/>.</summary>
    public PlainObject? TriggerInput { get; init; }

    /// <summary>Gets the parent instance, or <see langword="null"/>.</summary>
    public Guid? ParentInstanceId { get; init; }

    /// <summary>Gets the parent's bookmark that the end resumes, or <see langword="null"/>.</summary>
    public Guid? ParentBookmarkId { get; init; }

    /// <summary>Gets the run property <c>Flowchart:ExecutionMode</c> (<c>TokenBased</c>, <c>CounterBased</c>), or <see langword="null"/>.</summary>
    public string? FlowchartMode { get; init; }
}

/// <summary>Resumes one bookmark; ignored when the bookmark is burned.</summary>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="BookmarkId">The bookmark.</param>
/// <param name="Input">Input of the resumption, merged over the workflow input for the burst.</param>
public sealed record BookmarkResumed(Guid InstanceId, Guid BookmarkId, PlainObject Input) : Stimulus(InstanceId);

/// <summary>Ends an instance from outside.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Reason">Why, for the journal; <see langword="null"/> if nobody said.</param>
/// <param name="By">Who asked, for the journal.</param>
public sealed record CancelRequested(Guid InstanceId, string? Reason, string? By) : Stimulus(InstanceId);

/// <summary>Runs the activity execution of an incident again.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="IncidentId">The incident; ignored when it is resolved.</param>
/// <param name="Variables">Variables to set before, by name; <see langword="null"/> for none.</param>
/// <param name="By">Who asked, for the journal; <see langword="null"/> for the automatic retry.</param>
public sealed record IncidentRetried(Guid InstanceId, Guid IncidentId, PlainObject? Variables, string? By) : Stimulus(InstanceId)
{
    /// <summary>Gets why, for incident and journal; <see langword="null"/> if nobody said.</summary>
    public string? Reason { get; init; }
}

/// <summary>Completes the activity of an incident without running it again.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="IncidentId">The incident; ignored when it is resolved.</param>
/// <param name="Outcome">The outcome to follow; <see langword="null"/> = Done.</param>
/// <param name="Reason">Why; goes to the journal.</param>
/// <param name="By">Who asked.</param>
public sealed record IncidentSkipped(Guid InstanceId, Guid IncidentId, string? Outcome, string Reason, string By) : Stimulus(InstanceId);

/// <summary>Lets an instance go on in another version of its definition, as it is; refused if it cannot.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="VersionId">The version; must be published.</param>
/// <param name="Reason">Why; goes to the journal.</param>
/// <param name="By">Who asked.</param>
public sealed record MoveRequested(Guid InstanceId, string VersionId, string? Reason, string By) : Stimulus(InstanceId);
