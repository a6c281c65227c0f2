using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>An engagement of the firm that a person reads.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="ClientId">The firm as a client.</param>
/// <param name="Title">What it is about.</param>
public sealed record OwnFile(Guid EngagementId, Guid ClientId, string Title);

/// <summary>Lists the closed engagements that a person is a reader of, by title.</summary>
public sealed class ListOwnFiles(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select e.id, e.client_id, e.title
        from internal_engagement f
        join engagement e on e.id = f.engagement_id
        where $1 = any (f.readers)
        order by e.title, e.id
        limit 500
        """;

    /// <summary>Returns them, at most 500.</summary>
    public async Task<IReadOnlyList<OwnFile>> ExecuteAsync(Guid person, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(person);
        List<OwnFile> files = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            files.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        return files;
    }
}
