using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Answers to one form.</summary>
/// <param name="Id">The link or task that was answered.</param>
/// <param name="Source"><c>link</c> or <c>task</c>.</param>
/// <param name="FormPath">The form in its process version.</param>
/// <param name="DefinitionVersionId">The process version.</param>
/// <param name="AnsweredAt">When.</param>
/// <param name="Answers">The answers by question.</param>
public sealed record StoredAnswers(Guid Id, string Source, string FormPath, string DefinitionVersionId, DateTimeOffset AnsweredAt, PlainObject Answers);

/// <summary>Lists the answers of an engagement, latest first.</summary>
public sealed class ListAnswers(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, source, form_path, definition_version_id, answered_at, answers
        from form_answer
        where engagement_id = $1
        order by answered_at desc, id desc
        limit 50
        """;

    private const string OneSql = """
        select id, source, form_path, definition_version_id, answered_at, answers from form_answer where id = $1
        """;

    /// <summary>Returns what was answered to one link or task; <see langword="null"/> if nothing was.</summary>
    public async Task<StoredAnswers?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OneSql);
        command.Parameters.AddUuid(id);
        return (await ReadAsync(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Returns the latest fifty.</summary>
    public async Task<IReadOnlyList<StoredAnswers>> ExecuteAsync(Guid engagement, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(engagement);
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<List<StoredAnswers>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<StoredAnswers> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.Instant(4),
                AnswerJson.Read(reader.GetString(5)) ?? new()));
        }

        return rows;
    }
}
