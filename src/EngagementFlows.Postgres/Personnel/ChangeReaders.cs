using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Gives a personnel file another reviewer or third person, in the caller's transaction: who is named reads it from then on, whoever is not named any more does not.</summary>
public static class ChangeReaders
{
    // What the one before had still to do, the new one does; a colleague who reads it anyway keeps his own tasks.
    // So with meetings that are still ahead: the one before declines and is reminded no more, the new one is invited and has the letters from the next one on.
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
        ), planned as (
          -- Whoever moves or calls off one of these meetings at this moment does so again, from who is invited then.
          update meeting m set revision = revision + 1
          from before
          where m.engagement_id = before.id and m.state = 'planned'
            and exists (select 1 from meeting_invitee i where i.meeting_id = m.id and i.person_id in (select was from handed))
          returning m.id
        ), declined as (
          update meeting_invitee i
          set answer = 'declined', answered_at = $4, proposed_at = null
          where i.meeting_id in (select id from planned) and i.person_id in (select was from handed)
          returning i.meeting_id, i.position, i.person_id
        ), unsent as (
          update outbox o
          set state = 'rejected', ended_at = $4, let_be_at = $4, lease_owner = null, lease_expires_at = null, held_state = null, failing_since = null, attempt = o.attempt + 1,
              answer = 'Not sent: he does not read this file any more.'
          from meeting_reminder r
          join declined d on d.meeting_id = r.meeting_id and d.position = r.position
          where o.id = r.mail_id and o.state in ('pending', 'claimed', 'held')
        ), again as (
          -- Who read it before and comes back had been made to decline: he is asked like anybody who is new.
          update meeting_invitee i
          set answer = 'none', answered_at = null, proposed_at = null, comment = null
          from (select distinct d.meeting_id, h.becomes from declined d join handed h on h.was = d.person_id) s
          where i.meeting_id = s.meeting_id and i.person_id = s.becomes and i.answer = 'declined'
        ), invited as (
          insert into meeting_invitee (meeting_id, position, person_id)
          select s.meeting_id, s.last + row_number() over (partition by s.meeting_id order by s.becomes), s.becomes
          from (
            select distinct d.meeting_id, h.becomes, (select max(i.position) from meeting_invitee i where i.meeting_id = d.meeting_id) as last
            from declined d join handed h on h.was = d.person_id
          ) s
          where not exists (select 1 from meeting_invitee i where i.meeting_id = s.meeting_id and i.person_id = s.becomes)
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
