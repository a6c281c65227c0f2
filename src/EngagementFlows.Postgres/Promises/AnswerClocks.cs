using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Answers which clocks flows mean, with one query.</summary>
internal static class AnswerClocks
{
    // By id within the engagement, else the one of the name that the instance started last; a running one before one that has ended.
    private const string Sql = """
        select w.place, k.id, k.engagement_id, k.instance_id, k.case_id, k.name, k.class, k.started_at, k.time_limit, k.calendar, k.calendar_version, k.due_at, k.is_provisional,
               k.state, k.stopped_at, k.is_kept, k.elapsed
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[]) w (place, instance_id, engagement_id, name, id)
        cross join lateral (
          select * from clock c
          where w.id is not null and c.id = w.id and c.engagement_id = w.engagement_id
          union all
          (select * from clock c
           where w.id is null and c.instance_id = w.instance_id and c.name = w.name and c.engagement_id = w.engagement_id
           order by (c.state = 'running') desc, c.id desc
           limit 1)
        ) k
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<ClockAsked> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddIntegers([.. Enumerable.Range(0, questions.Count)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.InstanceId)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddTexts([.. questions.Select(question => question.Name)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.ClockId)]);
        foreach (ClockAsked question in questions)
            answers[question] = null;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            answers[questions[reader.GetInt32(0)]] = ClockRow.Read(reader, first: 1);
    }
}
