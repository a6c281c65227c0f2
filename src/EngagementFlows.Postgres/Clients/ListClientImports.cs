using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Shows imports of clients, the latest first.</summary>
public sealed class ListClientImports(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, file_name, state, uploaded_at, uploaded_by, confirmed_at, confirmed_by, starts_flows, preview,
               lines, made, changed, same, fault_count, lines_done, attempt, ended_at, failure, coalesce(failure_zh, failure)
        from client_import
        where $1::uuid is null or id = $1
        order by uploaded_at desc, id
        limit $2
        """;

    /// <summary>Returns the latest imports.</summary>
    public Task<IReadOnlyList<ClientImportRow>> ExecuteAsync(int limit, CancellationToken cancellationToken) => ReadAsync(null, limit, cancellationToken);

    /// <summary>Returns one import, or <see langword="null"/>.</summary>
    public async Task<ClientImportRow?> FindAsync(Guid id, CancellationToken cancellationToken) => (await ReadAsync(id, 1, cancellationToken)).SingleOrDefault();

    /// <summary>Returns one import as the caller's transaction sees it, or <see langword="null"/>.</summary>
    public static async Task<ClientImportRow?> FindAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(transaction.Connection!, id, 1, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<ClientImportRow>> ReadAsync(Guid? id, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, id, limit, cancellationToken);
    }

    private static async Task<IReadOnlyList<ClientImportRow>> ReadAsync(NpgsqlConnection connection, Guid? id, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit);
        List<ClientImportRow> imports = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            imports.Add(ClientImportRow.Read(reader));
        return imports;
    }
}
