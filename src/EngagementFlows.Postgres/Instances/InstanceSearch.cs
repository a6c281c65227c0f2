using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The condition that the statements about sought instances share, and its parameters.</summary>
internal static class InstanceSearch
{
    /// <summary>The number of parameters that <see cref="Bind"/> adds.</summary>
    public const int Parameters = 22;

    /// <summary>
    /// Begins the work: each set of filters deserves a plan of its own, in which those that are not given have vanished, so that a walk of the right index is left. Connections
    /// prepare by themselves what is asked often, and a plan for all filters at once would walk the table.
    /// </summary>
    public const string PlanAnew = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>All instances.</summary>
    public const string All = "from instance i";

    /// <summary>Those that live, found by why they do (the invariant <c>without-reason</c>): a wait, an incident, or the mark of the stalled. Among them may be some that have ended.</summary>
    /// <remarks>
    /// An index of the living would have to be told of each end, and the last update of each instance could not stay heap-only. Distinct on, not distinct: it is never hashed,
    /// so the three indexes are walked downwards side by side, and the newest come first without being sorted. Lateral with an offset: each is looked up by its key; the planner
    /// thinks that the sets of what is closed are made again with each look, and would rather walk the table.
    /// </remarks>
    public const string Living = """
        from (
          select distinct on (reason.id) reason.id
          from (
            select b.instance_id as id from bookmark b
            union all
            select s.id from instance s where s.is_stalled
            union all
            select f.id from instance f where f.open_incidents > 0
          ) reason
          order by reason.id desc
        ) living
        join lateral (select * from instance one where one.id = living.id offset 0) i on i.id = living.id
        """;

    /// <summary>Those that ended badly.</summary>
    public const string EndedBadly = """
        from instance_ended_badly bad
        join lateral (select * from instance one where one.id = bad.instance_id offset 0) i on i.id = bad.instance_id
        """;

    /// <summary>What narrows the rows; needs the parameters of <see cref="Bind"/>.</summary>
    public const string Narrowed = """
        where ($2::text is null or i.definition_id = $2)
          and ($3::text[] is null or i.definition_id = any ($3))
          and ($4::text is null or i.definition_version_id = $4)
          and ($5::int is null or i.version = $5)
          and ($6::text is null or i.correlation_id = $6)
          and ($7::text[] is null or (i.status = any ($7) and not i.is_stalled) or (i.is_stalled and 'stalled' = any ($7)))
          and (not $8::boolean or i.is_stalled)
          and ($9::boolean is null or $9 = (i.open_incidents > 0))
          and ($10::text is null or i.id::text ilike $10 or i.name ilike $10 or i.correlation_id ilike $10 or i.definition_id ilike $10)
          and ($11::uuid is null or i.id = $11 or i.correlation_id = any ($12::text[]))
          and ($13::timestamptz is null or i.created_at >= $13) and ($14::timestamptz is null or i.created_at < $14)
          and ($15::timestamptz is null or i.updated_at >= $15) and ($16::timestamptz is null or i.updated_at < $16)
          and ($17::timestamptz is null or i.finished_at >= $17) and ($18::timestamptz is null or i.finished_at < $18)
          and ($19::timestamptz[] is null or i.created_at <> all ($19))
          and ($20::timestamptz[] is null or i.updated_at <> all ($20))
          and ($21::timestamptz[] is null or i.finished_at <> all ($21))
          and ($22::uuid[] is null or i.id = any ($22))
        """;

    /// <summary>The rows that the viewer may see: what <c>instance_is_open_to</c> says, by sets that are made once.</summary>
    public const string Seen = $$"""
        {{Narrowed}}
          and coalesce(translate(lower(i.correlation_id), '-{}() ', ''), '') not in (select c from closed_correlations($1::uuid) c)
          and i.id not in (select c from closed_instances($1::uuid) c)
        """;

    private static readonly string[] LivingStates = ["pending", "running", "suspended", "stalled"];

    private static readonly string[] BadStates = ["cancelled", "faulted"];

    /// <summary>
    /// Chooses the text whose source is the smallest that holds everything sought. A condition that is switched by a parameter would not do: whether a set is joined is
    /// decided before the planner looks at values.
    /// </summary>
    public static async Task<string> ChooseAsync(NpgsqlConnection connection, InstancesSought sought, string all, string living, string endedBadly, CancellationToken cancellationToken)
    {
        // What these name is found by an index of its own, and is few.
        if (sought.CorrelationId is not null || sought.Ids is not null || sought.HasIncidents == true || sought.States is not { Count: > 0 } states || states is ["stalled"] || Exact(sought) is not null)
            return all;
        string narrower = states.All(LivingStates.Contains) ? living : states.All(BadStates.Contains) ? endedBadly : all;
        // Few of one flow among many that live: the flow's own index is the shorter way.
        return narrower != all && sought.DefinitionIds is [string flow] && await IsSmallFlow.ExecuteAsync(connection, flow, cancellationToken) ? all : narrower;
    }

    /// <summary>Adds the parameters 1 to <see cref="Parameters"/>.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, InstancesSought sought)
    {
        Guid? exact = Exact(sought);
        parameters.AddUuid(sought.Viewer);
        parameters.AddText(sought.DefinitionIds is { Count: 1 } one ? one[0] : null);
        AddTextsOrNull(parameters, sought.DefinitionIds is { Count: not 1 } several ? several : null);
        parameters.AddText(sought.DefinitionVersionId);
        parameters.AddInteger(sought.Version);
        parameters.AddText(sought.CorrelationId);
        AddTextsOrNull(parameters, sought.States);
        parameters.AddBoolean(sought.States is ["stalled"]);
        parameters.AddBoolean(sought.HasIncidents);
        parameters.AddText(exact is null ? Like.Contains(sought.Text) : null);
        parameters.AddUuid(exact);
        AddTextsOrNull(parameters, exact is not { } id ? null : [id.ToString("D"), id.ToString("N"), sought.Text!.Trim()]);
        foreach (InstantRange range in (InstantRange[])[sought.Created, sought.Updated, sought.Finished])
        {
            parameters.AddInstant(range.From);
            parameters.AddInstant(range.Until);
        }

        foreach (InstantRange range in (InstantRange[])[sought.Created, sought.Updated, sought.Finished])
            AddInstantsOrNull(parameters, range.Without);
        parameters.AddUuidsOrNull(sought.Ids);
    }

    private static Guid? Exact(InstancesSought sought) => Guid.TryParse(sought.Text?.Trim(), out Guid id) ? id : null;

    private static void AddTextsOrNull(NpgsqlParameterCollection parameters, IEnumerable<string>? values) =>
        parameters.Add(new NpgsqlParameter { Value = values is null ? DBNull.Value : values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static void AddInstantsOrNull(NpgsqlParameterCollection parameters, IReadOnlyList<DateTimeOffset> values) =>
        parameters.Add(new NpgsqlParameter
        {
            Value = values.Count == 0 ? DBNull.Value : values.Select(value => value.UtcDateTime).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
}
