using EngagementFlows.Engagements.Schedules;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Records a firing that starts an instance for each engagement of a set, and puts all their starts into the inbox: one statement, however many engagements there are.</summary>
/// <remarks>Runs in the transaction that holds the schedule. A firing that is there already starts nothing again.</remarks>
internal static class FireForEach
{
    // What is internal is meant only where its stage is named, and of people who have left nothing begins any more.
    // With overlap 'skip' an engagement is left out while an instance of the same definition still runs for it, or its last start has not been served.
    private const string Sql = """
        with member as materialized (
          select e.id, firing_id($1, $2, e.id) as made_id
          from engagement e
          join client c on c.id = e.client_id
          join person p on p.id = e.owner_id and (p.is_active or not c.is_internal)
          where ($3::text[] is null and not c.is_internal or e.stage = any ($3)) and ($4::smallint[] is null or c.tier = any ($4))
            and ($5::text is null
                 or not exists (select 1 from instance i where i.correlation_id = e.id::text and i.definition_id = $5 and i.finished_at is null)
                    and not exists (select 1 from inbox b where b.instance_id = firing_id($1, $10, e.id) and b.id = b.instance_id and b.kind = 'start'))
        ), stored as (
          insert into schedule_firing (schedule_id, due_at, state, fired_at, asked_by, started)
          select $1, $2, 'fired', $8, $9, count(*) from member
          on conflict (schedule_id, due_at) do nothing
          returning started
        ), sent as (
          insert into inbox (instance_id, id, due_at, kind, payload, created_at)
          select m.made_id, m.made_id, $8, 'start', ($6 || to_json(m.id::text)::text || $7)::json, $8
          from member m
          where exists (select 1 from stored)
          order by m.made_id
          on conflict (instance_id, id) do nothing
        )
        select started from stored
        """;

    /// <summary>Returns how many instances are started; <see langword="null"/> if the firing is there already.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="schedule">The schedule, of a set.</param>
    /// <param name="dueAt">The instant.</param>
    /// <param name="payload">The start as an inbox row holds it, before and after the place of the correlation id.</param>
    /// <param name="askedBy">Who asked; <see langword="null"/> = it was due.</param>
    /// <param name="now">The instant of the firing.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<long?> ExecuteAsync(
        NpgsqlTransaction transaction, RecurringSchedule schedule, DateTimeOffset dueAt, (string Before, string After) payload, string? askedBy, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        EngagementSet set = schedule.Settings.ForEach!;
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(schedule.Id);
        command.Parameters.AddInstant(dueAt);
        command.Parameters.Add(new NpgsqlParameter { Value = set.Stages.Count > 0 ? set.Stages.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = set.Tiers.Count > 0 ? set.Tiers.Select(tier => (short)tier).ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.AddText(schedule.Settings.Overlap == OverlapPolicy.Skip ? schedule.Settings.DefinitionId : null);
        command.Parameters.AddText(payload.Before);
        command.Parameters.AddText(payload.After);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(askedBy);
        command.Parameters.AddInstant(schedule.LastDueAt);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }
}
