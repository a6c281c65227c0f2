using Npgsql;

namespace EngagementFlows.Postgres.Bookmarks;

/// <summary>A wait for an HTTP request.</summary>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="BookmarkId">The bookmark.</param>
/// <param name="Key">Method and path, <c>POST orders/{id}</c>.</param>
/// <param name="CorrelationId">The instance's business key, or <see langword="null"/>.</param>
public sealed record HttpWait(Guid InstanceId, Guid BookmarkId, string Key, string? CorrelationId);

/// <summary>Finds the waits that a request may be meant for: those of exactly its path, and those whose path has parts to be filled in.</summary>
public static class FindHttpWaits
{
    // Two statements in one: the exact key is found by the index, and only paths with parts are compared by pattern.
    private const string Sql = """
        select instance_id, id, key, correlation_id from bookmark
        where key = $1 and name = 'Elsa.HttpEndpoint'
        union all
        select instance_id, id, key, correlation_id from bookmark
        where key ^@ $2 and key like '%{%' and name = 'Elsa.HttpEndpoint'
        limit $3
        """;

    /// <summary>Returns up to <paramref name="limit"/> waits.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="method">The method in capitals.</param>
    /// <param name="path">The path without slashes at its ends.</param>
    /// <param name="limit">More than one is ambiguous for most callers; this many are compared.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<IReadOnlyList<HttpWait>> ExecuteAsync(
        NpgsqlDataSource dataSource, string method, string path, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText($"{method} {path}");
        command.Parameters.AddText($"{method} ");
        command.Parameters.AddInteger(limit);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<HttpWait> waits = [];
        while (await reader.ReadAsync(cancellationToken))
            waits.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.Text(3)));
        return waits;
    }
}
