namespace EngagementFlows.Postgres.Instances;

/// <summary>Which instances a list with page numbers shows; what is <see langword="null"/> narrows nothing.</summary>
public sealed record InstancesSought
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }

    /// <summary>Gets the definitions.</summary>
    public IReadOnlyList<string>? DefinitionIds { get; init; }

    /// <summary>Gets the id of a version.</summary>
    public string? DefinitionVersionId { get; init; }

    /// <summary>Gets the number of a version.</summary>
    public int? Version { get; init; }

    /// <summary>Gets the business key.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the states, in their one spelling; <c>stalled</c> is one of its own here, and <c>suspended</c> leaves it out.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Gets whether they must have open incidents, or must have none.</summary>
    public bool? HasIncidents { get; init; }

    /// <summary>Gets what id, name, business key or definition must contain; an id in full means that instance, or that business key.</summary>
    public string? Text { get; init; }

    /// <summary>Gets when they began.</summary>
    public InstantRange Created { get; init; } = new();

    /// <summary>Gets when they last moved.</summary>
    public InstantRange Updated { get; init; } = new();

    /// <summary>Gets when they ended.</summary>
    public InstantRange Finished { get; init; } = new();

    /// <summary>Gets the given instances.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }
}

/// <summary>A span of instants with holes, to the microsecond.</summary>
public sealed record InstantRange
{
    /// <summary>Gets the first instant that is in it.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the first instant after it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets instants that are not in it.</summary>
    public IReadOnlyList<DateTimeOffset> Without { get; init; } = [];
}

/// <summary>By what a list of instances is ordered.</summary>
public enum InstanceOrder
{
    /// <summary>By when they began; walks the key.</summary>
    Created,

    /// <summary>By when they last moved; sorts all that are sought.</summary>
    Updated,

    /// <summary>By when they ended, those that live at the end; sorts all that are sought.</summary>
    Finished,

    /// <summary>By name, those without one at the end; sorts all that are sought.</summary>
    Name,
}

/// <summary>How many instances are sought.</summary>
/// <param name="Number">The number.</param>
/// <param name="IsEstimate">Whether it is what the planner of the database expects, since counting would take too long.</param>
public readonly record struct InstanceCount(long Number, bool IsEstimate);
