namespace EngagementFlows.Engine.Instances;

/// <summary>One run of a definition version, as it stands between two transitions. Immutable.</summary>
public sealed record WorkflowInstance
{
    /// <summary>Gets the id, given by whoever asked for the start.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the definition's id.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Gets the id of the definition version on which the instance stays.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>Gets the number of that version.</summary>
    public required int Version { get; init; }

    /// <summary>Gets where the instance stands.</summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>Gets the business key (the engagement's id in our own flows), or <see langword="null"/>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the name that <c>SetName</c> or the starter gave, or <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the instance whose bookmark waits for this one's end, or that merely started it.</summary>
    public Guid? ParentInstanceId { get; init; }

    /// <summary>Gets the parent's bookmark that this instance's end resumes, or <see langword="null"/> if nobody waits.</summary>
    public Guid? ParentBookmarkId { get; init; }

    /// <summary>Gets the number of transitions committed so far; guards every commit. 0 = not stored yet.</summary>
    public required long Revision { get; init; }

    /// <summary>Gets the instant of the first transition.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the instant of the latest transition.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets the instant of the end, or <see langword="null"/> while it lives.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets whether the instance is suspended with nothing left that could move it: no bookmark and no incident.</summary>
    public bool IsStalled { get; init; }

    /// <summary>Gets the number of incidents that wait for a person.</summary>
    public int OpenIncidents { get; init; }

    /// <summary>Gets the engine's own serialised state (activity executions, variables, queue, bookmarks); UTF-8 JSON, opaque to stores.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }
}
