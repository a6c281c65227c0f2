namespace EngagementFlows.Postgres.Instances;

/// <summary>What a list of instances is narrowed to; a filter that is <see langword="null"/> narrows nothing.</summary>
public sealed record InstanceFilter
{
    /// <summary>Gets the definition.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the state, in the one spelling.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the business key.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets whether only instances with open incidents, or stalled ones, are wanted: what needs a person.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>Gets words that id, name or business key must contain.</summary>
    public string? Search { get; init; }

    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}
