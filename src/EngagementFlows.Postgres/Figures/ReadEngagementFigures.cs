using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Figures;

/// <summary>Reads figures of engagements.</summary>
internal static class ReadEngagementFigures
{
    // One statement: all figures are of one snapshot, so that they belong together. Each part walks the index of its table by engagement.
    private const string Sql = """
        select q.place, e.title, p.since,
               promise.kept, promise.broken, promise.running, promise.overdue,
               (select count(*) from engagement_case c where c.engagement_id = e.id and c.kind = 'question' and c.state = 'open'),
               (select count(*) from link l where l.engagement_id = e.id and l.state = 'open' and l.expires_at > q.until and l.form_path <> 'built-in/meeting-answer.json'),
               work.in_time, work.late, work.open, work.overdue,
               complaint.opened, complaint.closed, complaint.open,
               (select count(*) from document_version v
                where v.engagement_id = e.id and v.kind = 'plan' and v.frozen_at between p.since and q.until
                  and exists (select 1 from document_version f where f.engagement_id = e.id and f.kind = 'plan' and f.number < v.number and f.state = 'frozen')),
               gathering.held, gathering.missed,
               content.mean, content.answers,
               plan.ids, plan.names, plan.first, plan.planned, plan.reached, plan.withdrawn,
               e.stage
        from unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) q (place, engagement_id, since, until)
        join engagement e on e.id = q.engagement_id
        cross join lateral (select coalesce(q.since, e.created_at) as since) p
        cross join lateral (
          select count(*) filter (where k.is_kept and k.stopped_at between p.since and q.until) as kept,
                 count(*) filter (where not k.is_kept and k.stopped_at between p.since and q.until) as broken,
                 count(*) filter (where k.state = 'running') as running,
                 count(*) filter (where k.state = 'running' and k.due_at < q.until) as overdue
          from clock k where k.engagement_id = e.id
        ) promise
        cross join lateral (
          select count(*) filter (where t.state = 'completed' and t.closed_at between p.since and q.until and (t.due_at is null or t.closed_at <= t.due_at)) as in_time,
                 count(*) filter (where t.closed_at between p.since and q.until and (t.state = 'expired' or t.state = 'completed' and t.closed_at > t.due_at)) as late,
                 count(*) filter (where t.state = 'open') as open,
                 count(*) filter (where t.state = 'open' and t.due_at < q.until) as overdue
          from task t where t.engagement_id = e.id
        ) work
        cross join lateral (
          select count(*) filter (where c.opened_at between p.since and q.until) as opened,
                 count(*) filter (where c.closed_at between p.since and q.until) as closed,
                 count(*) filter (where c.state = 'open') as open
          from engagement_case c where c.engagement_id = e.id and c.kind = 'complaint'
        ) complaint
        cross join lateral (
          select count(*) filter (where m.state = 'held') as held, count(*) filter (where m.state = 'missed') as missed
          from meeting m where m.engagement_id = e.id and m.starts_at between p.since and q.until
        ) gathering
        cross join lateral (
          select avg(v.number_value) as mean, count(v.number_value) as answers
          from form_answer a
          join form_answer_value v on v.form_answer_id = a.id
          where a.engagement_id = e.id and a.source = 'link' and a.answered_at between p.since and q.until
            and v.question = 'satisfaction' and v.kind = 'rating' and v.number_value between 1 and 5
        ) content
        cross join lateral (
          select array_agg(m.id order by m.planned_on, m.name collate "C") as ids, array_agg(m.name order by m.planned_on, m.name collate "C") as names,
                 array_agg(m.first_planned_on order by m.planned_on, m.name collate "C") as first, array_agg(m.planned_on order by m.planned_on, m.name collate "C") as planned,
                 array_agg(m.reached_on order by m.planned_on, m.name collate "C") as reached, array_agg(m.withdrawn_at order by m.planned_on, m.name collate "C") as withdrawn
          from milestone m where m.engagement_id = e.id
        ) plan
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<FiguresAsked> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddIntegers([.. Enumerable.Range(0, questions.Count)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddInstants([.. questions.Select(question => question.Since?.UtcDateTime)]);
        command.Parameters.AddInstants([.. questions.Select(question => question.Until.UtcDateTime)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            FiguresAsked question = questions[reader.GetInt32(0)];
            answers[question] = Read(reader, question.EngagementId);
        }
    }

    private static EngagementFigures Read(NpgsqlDataReader reader, Guid engagement) => new()
    {
        Subject = reader.GetString(1),
        Stage = reader.GetString(27),
        Since = reader.Instant(2),
        Promises = new(reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)),
        Questions = new(reader.GetInt64(7), reader.GetInt64(8)),
        Tasks = new(reader.GetInt64(9), reader.GetInt64(10), reader.GetInt64(11), reader.GetInt64(12)),
        Complaints = new(reader.GetInt64(13), reader.GetInt64(14), reader.GetInt64(15)),
        Changes = reader.GetInt64(16),
        Meetings = new(reader.GetInt64(17), reader.GetInt64(18)),
        Satisfaction = new(reader.IsDBNull(19) ? null : reader.GetDecimal(19), reader.GetInt64(20)),
        Milestones = reader.IsDBNull(21) ? [] : Milestones(reader, engagement),
    };

    private static Milestone[] Milestones(NpgsqlDataReader reader, Guid engagement)
    {
        Guid[] ids = reader.GetFieldValue<Guid[]>(21);
        string[] names = reader.GetFieldValue<string[]>(22);
        DateOnly[] first = reader.GetFieldValue<DateOnly[]>(23);
        DateOnly[] planned = reader.GetFieldValue<DateOnly[]>(24);
        DateOnly?[] reached = reader.GetFieldValue<DateOnly?[]>(25);
        DateTime?[] withdrawn = reader.GetFieldValue<DateTime?[]>(26);
        return
        [
            .. ids.Select((id, i) => new Milestone
            {
                Id = id,
                EngagementId = engagement,
                Name = names[i],
                FirstPlannedOn = first[i],
                PlannedOn = planned[i],
                ReachedOn = reached[i],
                WithdrawnAt = withdrawn[i] is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
            }),
        ];
    }
}
