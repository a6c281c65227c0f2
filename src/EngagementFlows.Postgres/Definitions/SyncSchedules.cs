using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Brings the schedules in line with the published versions: new ones begin, changed ones begin anew, those of retired versions end.</summary>
/// <remarks>
/// Safe to repeat and to run in many processes: a schedule whose expression did not change keeps its next instant. What is published is asked of the database: a process that
/// has not heard of a publication yet takes nothing back.
/// </remarks>
internal static class SyncSchedules
{
    private const string Delete = """
        delete from trigger_schedule s
        where not exists (select 1 from definition d where d.id = s.definition_version_id and d.state = 'published')
        """;

    private const string Upsert = """
        insert into trigger_schedule (definition_id, activity_id, definition_version_id, kind, expression, catch_up, next_due_at)
        select t.*
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) t(definition_id, activity_id, version_id, kind, expression, catch_up, due)
        join definition d on d.id = t.version_id and d.state = 'published'
        order by t.definition_id, t.activity_id
        on conflict (definition_id, activity_id) do update
        set definition_version_id = excluded.definition_version_id, kind = excluded.kind, expression = excluded.expression, catch_up = excluded.catch_up,
            next_due_at = case when trigger_schedule.kind = excluded.kind and trigger_schedule.expression = excluded.expression then trigger_schedule.next_due_at else excluded.next_due_at end
        where trigger_schedule.definition_version_id <> excluded.definition_version_id
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<(Trigger Trigger, string Kind, DateTimeOffset? NextDueAt)> schedules, CancellationToken cancellationToken)
    {
        string[] definitions = [.. schedules.Select(schedule => schedule.Trigger.DefinitionId)];
        string[] activities = [.. schedules.Select(schedule => schedule.Trigger.ActivityId)];
        await using NpgsqlBatch batch = new(connection);
        NpgsqlBatchCommand upsert = new(Upsert);
        upsert.Parameters.AddTexts(definitions);
        upsert.Parameters.AddTexts(activities);
        upsert.Parameters.AddTexts([.. schedules.Select(schedule => schedule.Trigger.DefinitionVersionId)]);
        upsert.Parameters.AddTexts([.. schedules.Select(schedule => schedule.Kind)]);
        upsert.Parameters.AddTexts([.. schedules.Select(schedule => schedule.Trigger.Key)]);
        upsert.Parameters.AddTexts([.. schedules.Select(schedule => CatchUpText.Write(schedule.Trigger.CatchUp))]);
        upsert.Parameters.AddInstants([.. schedules.Select(schedule => schedule.NextDueAt?.UtcDateTime)]);
        batch.BatchCommands.Add(upsert);
        // Last: what a new version goes on with carries that version by now.
        batch.BatchCommands.Add(new(Delete));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The stored spelling of catch-up policies.</summary>
internal static class CatchUpText
{
    public static string Write(CatchUpPolicy policy) => policy switch
    {
        CatchUpPolicy.RunAll => "run_all",
        CatchUpPolicy.Skip => "skip",
        _ => "run_once",
    };

    public static CatchUpPolicy Read(string text) => text switch
    {
        "run_all" => CatchUpPolicy.RunAll,
        "skip" => CatchUpPolicy.Skip,
        _ => CatchUpPolicy.RunOnce,
    };
}
