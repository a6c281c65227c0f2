using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Gives a personnel file another reviewer or third person, in the caller's transaction: who is named reads it from then on, whoever is not named any more does not.</summary>
public static class ChangeReaders
{
    // What the one before had still to do, the new one does; a colleague who reads it anyway keeps his own tasks.
    private const string Sql = """
        with before as (
          select e.id, e.owner_id, e.architect_id, f.third_id
          from internal_engagement f join engagement e on e.id = f.engagement_id
          where f.kind = 'personnel' and f.person_id = $1
          for update
        ), moved as (
          update engagement e set architect_id = $2, updated_at = $4 from before where e.id = before.id
        ), opened as (
          update internal_engagement f set third_id = $3, readers = array(select distinct r from unnest(array[before.owner_id, $2, $3]) r)
          from before where f.engagement_id = before.id
        ), handed as (
          select p.was, p.becomes
          from before, lateral (values (before.architect_id, $2::uuid), (before.third_id, $3::uuid)) p(was, becomes)
          where p.was not in (before.owner_id, $2, $3)
        ), given as (
          update task t
          set assignee_person_id = coalesce((select h.becomes from handed h where h.was = t.assignee_person_id limit 1), t.assignee_person_id),
              escalated_person_id = coalesce((select h.becomes from handed h where h.was = t.escalated_person_id limit 1), t.escalated_person_id),
              revision = revision + 1
          from before
          where t.engagement_id = before.id and t.state = 'open'
            and (t.assignee_person_id in (select was from handed) or t.escalated_person_id in (select was from handed))
        )
        select id from before
        """;

    /// <summary>Changes them, with an audit entry that names who reads it and nothing of what stands there.</summary>
    /// <returns>The file's engagement; <see langword="null"/> if there is no file about that person.</returns>
    public static async Task<Guid?> ExecuteAsync(
        NpgsqlTransaction transaction, Guid person, Guid reviewer, Guid third, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(person);
        command.Parameters.AddUuid(reviewer);
        command.Parameters.AddUuid(third);
        command.Parameters.AddInstant(now);
        if (await command.ExecuteScalarAsync(cancellationToken) is not Guid file)
            return null;
        string detail = System.Text.Json.JsonSerializer.Serialize(new { person, reviewer, third });
        await AppendAudit.ExecuteAsync(transaction, new(AuditEntry.Administration, by, "ReadersChanged", $"engagement/{file:D}", detail), now, cancellationToken);
        return file;
    }
}
