using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Documents;

/// <summary>Answers which versions there are, with one query per kind of question.</summary>
internal static class AnswerDocuments
{
    private const string NewestSql = """
        select asked.engagement_id, asked.kind, newest.number, newest.content_hash
        from unnest($1::uuid[], $2::text[]) asked (engagement_id, kind)
        cross join lateral (
          select v.number, v.content_hash from document_version v
          where v.engagement_id = asked.engagement_id and v.kind = asked.kind
          order by v.number desc limit 1
        ) newest
        """;

    private const string StandingSql = "select id, engagement_id, kind, number, state from document_version where id = any ($1)";

    private const string InForceSql = """
        select asked.engagement_id, asked.kind, held.id, held.number, held.content
        from unnest($1::uuid[], $2::text[]) asked (engagement_id, kind)
        cross join lateral (
          select v.id, v.number, v.content::text from document_version v
          where v.engagement_id = asked.engagement_id and v.kind = asked.kind and v.state = 'frozen'
          order by v.number desc limit 1
        ) held
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        NewestVersionAsked[] newest = [.. questions.OfType<NewestVersionAsked>()];
        if (newest.Length > 0)
            await AnswerNewestAsync(connection, newest, answers, cancellationToken);
        VersionAsked[] standings = [.. questions.OfType<VersionAsked>()];
        if (standings.Length > 0)
            await AnswerStandingsAsync(connection, standings, answers, cancellationToken);
        VersionInForceAsked[] inForce = [.. questions.OfType<VersionInForceAsked>()];
        if (inForce.Length > 0)
            await AnswerInForceAsync(connection, inForce, answers, cancellationToken);
    }

    private static async Task AnswerNewestAsync(NpgsqlConnection connection, NewestVersionAsked[] questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        foreach (NewestVersionAsked question in questions)
            answers[question] = new NewestVersion(0, null);
        await using NpgsqlCommand command = new(NewestSql, connection);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddTexts([.. questions.Select(question => question.Kind)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            answers[new NewestVersionAsked(reader.GetGuid(0), reader.GetString(1))] = new NewestVersion(reader.GetInt32(2), reader.GetString(3));
    }

    private static async Task AnswerStandingsAsync(NpgsqlConnection connection, VersionAsked[] questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        foreach (VersionAsked question in questions)
            answers[question] = new Unanswerable($"There is no version '{question.VersionId}' of any document. Give the output Version of Propose version.");
        await using NpgsqlCommand command = new(StandingSql, connection);
        command.Parameters.AddUuids([.. questions.Select(question => question.VersionId)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            answers[new VersionAsked(reader.GetGuid(0))] =
                new VersionStanding(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), DocumentText.StateOf(reader.GetString(4)));
        }
    }

    private static async Task AnswerInForceAsync(NpgsqlConnection connection, VersionInForceAsked[] questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        foreach (VersionInForceAsked question in questions)
            answers[question] = null;
        await using NpgsqlCommand command = new(InForceSql, connection);
        command.Parameters.AddUuids([.. questions.Select(question => question.EngagementId)]);
        command.Parameters.AddTexts([.. questions.Select(question => question.Kind)]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            answers[new VersionInForceAsked(reader.GetGuid(0), reader.GetString(1))] = new VersionInForce(reader.GetGuid(2), reader.GetInt32(3), reader.GetString(4));
    }
}
