namespace EngagementFlows.Postgres.Instances;

/// <summary>An instance as lists show it.</summary>
/// <param name="Id">The id; its order is that of the starts.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="DefinitionVersionId">The version's id.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Status">The state, in the one spelling.</param>
/// <param name="CorrelationId">The business key, or <see langword="null"/>.</param>
/// <param name="Name">The name, or <see langword="null"/>.</param>
/// <param name="ParentInstanceId">Who started it, or <see langword="null"/>.</param>
/// <param name="Revision">The number of its transitions.</param>
/// <param name="CreatedAt">When it started.</param>
/// <param name="UpdatedAt">When it last moved.</param>
/// <param name="FinishedAt">When it ended, or <see langword="null"/>.</param>
/// <param name="IsStalled">Whether nothing is left that could move it.</param>
/// <param name="OpenIncidents">The incidents that wait for a person.</param>
public sealed record InstanceSummary(
    Guid Id,
    string DefinitionId,
    string DefinitionVersionId,
    int Version,
    string Status,
    string? CorrelationId,
    string? Name,
    Guid? ParentInstanceId,
    long Revision,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt,
    bool IsStalled,
    int OpenIncidents);

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> if this is the last.</param>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);
