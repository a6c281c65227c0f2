using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Figures;

/// <summary>Reads figures of members of staff, over all engagements.</summary>
internal static class ReadPersonFigures
{
    // One statement: all figures are of one snapshot. A promise is the case's owner's, without a case the engagement's owner's. A task is of whom did it, one that was not done of whom it was given to.
    private const string Sql = """
        select q.place, s.name, p.since,
               promise.kept, promise.broken, promise.running, promise.overdue,
               work.in_time, work.late + given_up.late, open_work.open, open_work.overdue,
               complaint.opened, complaint.closed, complaint.open,
               gathering.held, gathering.missed,
               content.mean, content.answers,
               (select count(*) from engagement h where (h.owner_id = s.id or h.architect_id = s.id) and h.stage <> 'internal')
        from unnest($1::int[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[]) q (place, engagement_id, assignee, since, until)
        join engagement e on e.id = q.engagement_id
        join person s on case q.assignee when 'owner' then s.id = e.owner_id when 'architect' then s.id = e.architect_id else lower(s.email) = lower(q.assignee) end
        cross join lateral (select coalesce(q.since, q.until - interval '12 months') as since) p
        cross join lateral (
          select count(*) filter (where k.is_kept and k.stopped_at between p.since and q.until) as kept,
                 count(*) filter (where not k.is_kept and k.stopped_at between p.since and q.until) as broken,
                 count(*) filter (where k.state = 'running') as running,
                 count(*) filter (where k.state = 'running' and k.due_at < q.until) as overdue
          from clock k
          join engagement h on h.id = k.engagement_id
          left join engagement_case c on c.id = k.case_id
          where coalesce(c.owner_id, h.owner_id) = s.id and (k.state = 'running' or k.stopped_at >= p.since)
        ) promise
        cross join lateral (
          select count(*) filter (where t.due_at is null or t.closed_at <= t.due_at) as in_time, count(*) filter (where t.closed_at > t.due_at) as late
          from task t where t.completed_by_id = s.id and t.closed_at between p.since and q.until
        ) work
        cross join lateral (
          select count(*) as late from task t where t.assignee_person_id = s.id and t.state = 'expired' and t.closed_at between p.since and q.until
        ) given_up
        cross join lateral (
          select count(*) as open, count(*) filter (where t.due_at < q.until) as overdue from task t where t.assignee_person_id = s.id and t.state = 'open'
        ) open_work
        cross join lateral (
          select count(*) filter (where c.opened_at between p.since and q.until) as opened,
                 count(*) filter (where c.closed_at between p.since and q.until) as closed,
                 count(*) filter (where c.state = 'open') as open
          from engagement_case c where c.owner_id = s.id and c.kind = 'complaint'
        ) complaint
        cross join lateral (
          select count(*) filter (where m.state = 'held') as held, count(*) filter (where m.state = 'missed') as missed
          from meeting_invitee i
          join meeting m on m.id = i.meeting_id
          where i.person_id = s.id and i.answer <> 'declined' and m.starts_at between p.since and q.until
        ) gathering
        cross join lateral (
          select avg(v.number_value) as mean, count(v.number_value) as answers
          from engagement h
          join form_answer a on a.engagement_id = h.id and a.source = 'link' and a.answered_at between p.since and q.until
          join form_answer_value v on v.form_answer_id = a.id and v.question = 'satisfaction' and v.kind = 'rating' and v.number_value between 1 and 5
          where h.owner_id = s.id or h.architect_id = s.id
        ) content
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<FiguresAsked> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddIntegers([.. Enumerable.Range(0, questions.Count)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddTexts([.. questions.Select(question => question.Person is { Name: { Length: > 0 } email } ? email : question.Person!.ToString())]);
        command.Parameters.AddInstants([.. questions.Select(question => question.Since?.UtcDateTime)]);
        command.Parameters.AddInstants([.. questions.Select(question => question.Until.UtcDateTime)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            answers[questions[reader.GetInt32(0)]] = Read(reader);
    }

    private static EngagementFigures Read(NpgsqlDataReader reader) => new()
    {
        Subject = reader.GetString(1),
        Since = reader.Instant(2),
        Promises = new(reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)),
        Tasks = new(reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10)),
        Complaints = new(reader.GetInt64(11), reader.GetInt64(12), reader.GetInt64(13)),
        Meetings = new(reader.GetInt64(14), reader.GetInt64(15)),
        Satisfaction = new(reader.IsDBNull(16) ? null : reader.GetDecimal(16), reader.GetInt64(17)),
        Engagements = reader.GetInt64(18),
    };
}
