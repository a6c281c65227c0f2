namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Which instances the Studio's list shows.</summary>
internal sealed record ListInstancesRequest
{
    public int? Page { get; init; }

    public int? PageSize { get; init; }

    public string? SearchTerm { get; init; }

    public string? DefinitionId { get; init; }

    public IReadOnlyList<string>? DefinitionIds { get; init; }

    public string? CorrelationId { get; init; }

    public int? Version { get; init; }

    public bool? HasIncidents { get; init; }

    public bool? IsSystem { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public string? SubStatus { get; init; }

    public IReadOnlyList<string>? SubStatuses { get; init; }

    public string? OrderBy { get; init; }

    public string? OrderDirection { get; init; }

    public IReadOnlyList<TimestampFilter>? TimestampFilters { get; init; }
}

/// <summary>A bound of an instant.</summary>
internal sealed record TimestampFilter
{
    public string? Column { get; init; }

    public string? Operator { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>Which lines of a journal are wanted.</summary>
internal sealed record JournalRequest
{
    public JournalFilter? Filter { get; init; }
}

/// <summary>What narrows a journal; what is left out or empty narrows nothing.</summary>
internal sealed record JournalFilter
{
    public IReadOnlyList<string>? ActivityIds { get; init; }

    public IReadOnlyList<string>? ActivityNodeIds { get; init; }

    public IReadOnlyList<string>? ExcludedActivityTypes { get; init; }

    public IReadOnlyList<string>? EventNames { get; init; }
}

/// <summary>Which badges are wanted.</summary>
internal sealed record ReportRequest
{
    public string? WorkflowInstanceId { get; init; }

    public IReadOnlyList<string>? ActivityNodeIds { get; init; }
}

/// <summary>Which instances are to be ended.</summary>
internal sealed record BulkCancelRequest
{
    public IReadOnlyList<string>? Ids { get; init; }

    public string? DefinitionVersionId { get; init; }

    public string? DefinitionId { get; init; }

    public string? VersionOptions { get; init; }
}

/// <summary>Which instances are meant.</summary>
internal sealed record InstanceIdsRequest
{
    public IReadOnlyList<string>? Ids { get; init; }
}

/// <summary>What is to be done to all instances that a filter finds.</summary>
internal sealed record AlterationPlan
{
    public string? Id { get; init; }

    public IReadOnlyList<Alteration>? Alterations { get; init; }

    public AlterationFilter? Filter { get; init; }
}

/// <summary>One of the things to be done.</summary>
internal sealed record Alteration
{
    public string? Type { get; init; }
}

/// <summary>Which instances a plan is for.</summary>
internal sealed record AlterationFilter
{
    public bool EmptyFilterSelectsAll { get; init; }

    public IReadOnlyList<string>? WorkflowInstanceIds { get; init; }

    public IReadOnlyList<string>? CorrelationIds { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public string? SearchTerm { get; init; }

    public IReadOnlyList<TimestampFilter>? TimestampFilters { get; init; }

    public IReadOnlyList<string>? DefinitionIds { get; init; }

    public IReadOnlyList<string>? DefinitionVersionIds { get; init; }

    public bool? HasIncidents { get; init; }

    public bool? IsSystem { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public IReadOnlyList<string>? SubStatuses { get; init; }
}
