using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Answers what is promised to clients, with one query.</summary>
internal static class AnswerPromises
{
    private const string Sql = """
        select w.place, e.id is not null, coalesce(t.answer, p.answer), coalesce(t.solution, p.solution), (select string_agg(id, ', ' order by id) from promise_class)
        from unnest($1::int[], $2::uuid[], $3::text[]) w (place, engagement_id, class)
        left join engagement e on e.id = w.engagement_id
        left join client c on c.id = e.client_id
        left join promise_class p on p.id = w.class
        left join promise_tier t on t.class_id = p.id and t.tier = c.tier
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<PromiseAsked> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddIntegers([.. Enumerable.Range(0, questions.Count)]);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddTexts([.. questions.Select(question => question.Class)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            PromiseAsked question = questions[reader.GetInt32(0)];
            answers[question] = (reader.GetBoolean(1), reader.IsDBNull(2)) switch
            {
                (false, _) => new Unanswerable($"The engagement '{question.EngagementId}' does not exist, so nothing is promised to its client. Start the flow with the id of an engagement as correlation id."),
                (_, true) => new Unanswerable($"The promise table has no class '{question.Class}'. It has {reader.Text(4) ?? "none"}; an operator can add it."),
                _ => new PromiseTimes(reader.GetString(2), reader.GetString(3)),
            };
        }
    }
}
