using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The condition that the statements about sought instances share, and its parameters.</summary>
internal static class InstanceSearch
{
    /// <summary>The number of parameters that <see cref="Bind"/> adds.</summary>
    public const int Parameters = 24;

    /// <summary>
    /// Begins the work: each set of filters deserves a plan of its own, in which those that are not given have vanished, so that a walk of the right index is left. Connections
    /// prepare by themselves what is asked often, and a plan for all filters at once would walk the table.
    /// </summary>
    public const string PlanAnew = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>The rows; needs the parameters of <see cref="Bind"/>.</summary>
    public const string Narrowed = """
        from instance i
        where ($2::text is null or i.definition_id = $2)
          and ($3::text[] is null or i.definition_id = any ($3))
          and ($4::text is null or i.definition_version_id = $4)
          and ($5::int is null or i.version = $5)
          and ($6::text is null or i.correlation_id = $6)
          and ($7::text[] is null or case when i.is_stalled then 'stalled' else i.status end = any ($7))
          and ($8::boolean is null or $8 = (i.finished_at is null))
          and (not $9::boolean or i.status in ('cancelled', 'faulted'))
          and (not $10::boolean or i.is_stalled)
          and ($11::boolean is null or $11 = (i.open_incidents > 0))
          and ($12::text is null or i.id::text ilike $12 or i.name ilike $12 or i.correlation_id ilike $12 or i.definition_id ilike $12)
          and ($13::uuid is null or i.id = $13 or i.correlation_id = any ($14::text[]))
          and ($15::timestamptz is null or i.created_at >= $15) and ($16::timestamptz is null or i.created_at < $16)
          and ($17::timestamptz is null or i.updated_at >= $17) and ($18::timestamptz is null or i.updated_at < $18)
          and ($19::timestamptz is null or i.finished_at >= $19) and ($20::timestamptz is null or i.finished_at < $20)
          and ($21::timestamptz[] is null or i.created_at <> all ($21))
          and ($22::timestamptz[] is null or i.updated_at <> all ($22))
          and ($23::timestamptz[] is null or i.finished_at <> all ($23))
          and ($24::uuid[] is null or i.id = any ($24))
        """;

    /// <summary>The rows that the viewer may see: what <c>instance_is_open_to</c> says, by sets that are made once.</summary>
    public const string Seen = $$"""
        {{Narrowed}}
          and coalesce(translate(lower(i.correlation_id), '-{}() ', ''), '') not in (select c from closed_correlations($1::uuid) c)
          and i.id not in (select c from closed_instances($1::uuid) c)
        """;

    /// <summary>States of instances that live.</summary>
    private static readonly string[] Living = ["pending", "running", "suspended", "stalled"];

    private static readonly string[] Bad = ["cancelled", "faulted"];

    /// <summary>Adds the parameters 1 to <see cref="Parameters"/>.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, InstancesSought sought)
    {
        Guid? exact = Guid.TryParse(sought.Text?.Trim(), out Guid id) ? id : null;
        parameters.AddUuid(sought.Viewer);
        parameters.AddText(sought.DefinitionIds is { Count: 1 } one ? one[0] : null);
        AddTextsOrNull(parameters, sought.DefinitionIds is { Count: not 1 } several ? several : null);
        parameters.AddText(sought.DefinitionVersionId);
        parameters.AddInteger(sought.Version);
        parameters.AddText(sought.CorrelationId);
        AddTextsOrNull(parameters, sought.States);
        parameters.AddBoolean(Lives(sought.States));
        parameters.AddBoolean(sought.States?.All(Bad.Contains) == true);
        parameters.AddBoolean(sought.States is ["stalled"]);
        parameters.AddBoolean(sought.HasIncidents);
        parameters.AddText(exact is null ? Like.Contains(sought.Text) : null);
        parameters.AddUuid(exact);
        AddTextsOrNull(parameters, exact is null ? null : [id.ToString("D"), id.ToString("N"), sought.Text!.Trim()]);
        foreach (InstantRange range in (InstantRange[])[sought.Created, sought.Updated, sought.Finished])
        {
            parameters.AddInstant(range.From);
            parameters.AddInstant(range.Until);
        }

        foreach (InstantRange range in (InstantRange[])[sought.Created, sought.Updated, sought.Finished])
            AddInstantsOrNull(parameters, range.Without);
        parameters.AddUuidsOrNull(sought.Ids);
    }

    // Said apart from the states themselves, in the words of the partial index.
    private static bool? Lives(IReadOnlyList<string>? states)
    {
        if (states is null || states.Count == 0)
            return null;
        if (states.All(Living.Contains))
            return true;
        return states.Any(Living.Contains) ? null : false;
    }

    private static void AddTextsOrNull(NpgsqlParameterCollection parameters, IEnumerable<string>? values) =>
        parameters.Add(new NpgsqlParameter { Value = values is null ? DBNull.Value : values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static void AddInstantsOrNull(NpgsqlParameterCollection parameters, IReadOnlyList<DateTimeOffset> values) =>
        parameters.Add(new NpgsqlParameter
        {
            Value = values.Count == 0 ? DBNull.Value : values.Select(value => value.UtcDateTime).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
}
