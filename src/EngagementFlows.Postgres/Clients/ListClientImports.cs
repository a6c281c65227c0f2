using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Shows imports of clients, the latest first.</summary>
public sealed class ListClientImports(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, file_name, state, uploaded_at, uploaded_by, confirmed_at, confirmed_by, starts_flows, preview,
               lines, made, changed, same, fault_count, lines_done, attempt, ended_at, failure, coalesce(failure_zh, failure)
        from client_import
        where ($1::uuid is null or id = $1) and ($3::uuid is null or id < $3)
        order by id desc
        limit $2
        """;

    /// <summary>Returns the latest imports.</summary>
    public async Task<IReadOnlyList<ClientImportRow>> ExecuteAsync(int limit, CancellationToken cancellationToken) => await ReadAsync(id: null, after: null, limit, cancellationToken);

    /// <summary>Returns the page that begins after <paramref name="after"/>, an import's id; <see langword="null"/> = the latest.</summary>
    public async Task<ListPage<ClientImportRow>> PageAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<ClientImportRow>.Of(await ReadAsync(id: null, ListPlace.Id(after), limit + 1, cancellationToken), limit, import => import.Id.ToString("D"));

    /// <summary>Returns one import, or <see langword="null"/>.</summary>
    public async Task<ClientImportRow?> FindAsync(Guid id, CancellationToken cancellationToken) => (await ReadAsync(id, after: null, 1, cancellationToken)).SingleOrDefault();

    /// <summary>Returns one import as the caller's transaction sees it, or <see langword="null"/>.</summary>
    public static async Task<ClientImportRow?> FindAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(transaction.Connection!, id, after: null, 1, cancellationToken)).SingleOrDefault();

    private async Task<List<ClientImportRow>> ReadAsync(Guid? id, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, id, after, limit, cancellationToken);
    }

    private static async Task<List<ClientImportRow>> ReadAsync(NpgsqlConnection connection, Guid? id, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit);
        command.Parameters.AddUuid(after);
        List<ClientImportRow> imports = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            imports.Add(ClientImportRow.Read(reader));
        return imports;
    }
}
