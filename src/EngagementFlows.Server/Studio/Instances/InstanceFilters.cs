using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>The Studio's filters in our terms.</summary>
internal static class InstanceFilters
{
    // PostgreSQL keeps microseconds.
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    /// <returns>What is sought; <see langword="null"/> if it can be nothing.</returns>
    /// <exception cref="BadHttpRequestException">A filter cannot be read.</exception>
    public static InstancesSought? Of(ListInstancesRequest request, Guid? viewer) => request.IsSystem == true ? null : Of(
        [.. request.DefinitionIds ?? [], .. request.DefinitionId is { Length: > 0 } one ? [one] : Array.Empty<string>()],
        [.. request.Statuses ?? [], request.Status],
        [.. request.SubStatuses ?? [], request.SubStatus],
        request.TimestampFilters) with
    {
        Viewer = viewer,
        CorrelationId = Given(request.CorrelationId),
        Version = request.Version,
        HasIncidents = request.HasIncidents,
        Text = Given(request.SearchTerm),
    };

    /// <returns>What is sought; <see langword="null"/> if it can be nothing.</returns>
    /// <exception cref="BadHttpRequestException">A filter cannot be read, or narrows in a way that we do not know.</exception>
    public static InstancesSought? Of(AlterationFilter filter, Guid? viewer)
    {
        if (filter.IsSystem == true)
            return null;
        if (filter is { CorrelationIds.Count: > 1 } or { DefinitionVersionIds.Count: > 1 } or { Names.Count: > 0 })
            throw new BadHttpRequestException("A plan takes at most one correlation id and one version, and no names. Narrow it by definition, state or search instead.");
        InstancesSought sought = Of(filter.DefinitionIds ?? [], filter.Statuses ?? [], filter.SubStatuses ?? [], filter.TimestampFilters) with
        {
            CorrelationId = filter.CorrelationIds is [{ } correlation, ..] ? correlation : null,
            DefinitionVersionId = filter.DefinitionVersionIds is [{ } version, ..] ? version : null,
            HasIncidents = filter.HasIncidents,
            Text = Given(filter.SearchTerm),
            Ids = filter.WorkflowInstanceIds is { Count: > 0 } ids ? Ids(ids) : null,
        };
        if (sought == new InstancesSought() && !filter.EmptyFilterSelectsAll)
            return null;
        return sought with { Viewer = viewer };
    }

    /// <summary>Returns the ids among texts; what is none is an id of nothing.</summary>
    public static IReadOnlyList<Guid> Ids(IEnumerable<string?> texts) => [.. texts.Select(text => Guid.TryParse(text, out Guid id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];

    private static InstancesSought Of(
        IReadOnlyList<string> definitions, IEnumerable<string?> statuses, IEnumerable<string?> subStatuses, IReadOnlyList<TimestampFilter>? instants) => new()
        {
            DefinitionIds = definitions.Count == 0 ? null : definitions,
            States = InstanceStates.Sought(statuses, subStatuses),
            Created = Range(instants, "CreatedAt"),
            Updated = Range(instants, "UpdatedAt"),
            Finished = Range(instants, "FinishedAt"),
        };

    private static InstantRange Range(IReadOnlyList<TimestampFilter>? filters, string column)
    {
        InstantRange range = new();
        foreach (TimestampFilter? filter in filters ?? [])
        {
            if (filter?.Column is not ("CreatedAt" or "UpdatedAt" or "FinishedAt"))
                throw new BadHttpRequestException($"'timestampFilters.column' is '{filter?.Column}'. It must be CreatedAt, UpdatedAt or FinishedAt.");
            if (filter.Column == column && filter.Timestamp is { } at)
                range = Narrow(range, filter.Operator, at);
        }

        return range;
    }

    private static InstantRange Narrow(InstantRange range, string? comparison, DateTimeOffset at) => comparison switch
    {
        "Is" => range with { From = Later(range.From, at), Until = Earlier(range.Until, Next(at)) },
        "IsNot" => range with { Without = [.. range.Without, at] },
        "LessThan" => range with { Until = Earlier(range.Until, at) },
        "LessThanOrEqual" => range with { Until = Earlier(range.Until, Next(at)) },
        "GreaterThan" => range with { From = Later(range.From, Next(at)) },
        "GreaterThanOrEqual" => range with { From = Later(range.From, at) },
        _ => throw new BadHttpRequestException($"'timestampFilters.operator' is '{comparison}'. It must be one of Is, IsNot, LessThan, LessThanOrEqual, GreaterThan, GreaterThanOrEqual."),
    };

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static DateTimeOffset Next(DateTimeOffset at) => at < DateTimeOffset.MaxValue - Tick ? at + Tick : at;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
