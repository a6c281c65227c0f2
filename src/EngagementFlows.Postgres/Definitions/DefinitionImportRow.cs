using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>A file of definitions on its way in.</summary>
/// <param name="Id">The import.</param>
/// <param name="FileName">The file's name as it was uploaded; never a path.</param>
/// <param name="State"><c>faulty, previewed, done, cancelled, expired</c>.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="UploadedBy">By whom.</param>
/// <param name="Outcome">What it would do or did, as JSON.</param>
/// <param name="EndedAt">When somebody decided about it, or its content was removed because nobody had.</param>
/// <param name="EndedBy">Who did; <see langword="null"/> if nobody.</param>
public sealed record DefinitionImportRow(
    Guid Id, string FileName, string State, DateTimeOffset UploadedAt, string UploadedBy, string Outcome, DateTimeOffset? EndedAt, string? EndedBy);

/// <summary>Shows imports of definitions, the latest first.</summary>
public sealed class ListDefinitionImports(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, file_name, state, uploaded_at, uploaded_by, outcome, ended_at, ended_by
        from definition_import
        where $1::uuid is null or id = $1
        order by uploaded_at desc, id
        limit $2
        """;

    private const string ContentSql = "select content from definition_import where id = $1 and state = 'previewed'";

    /// <summary>Returns the latest imports.</summary>
    public Task<IReadOnlyList<DefinitionImportRow>> ExecuteAsync(int limit, CancellationToken cancellationToken) => ReadAsync(null, limit, cancellationToken);

    /// <summary>Returns one import, or <see langword="null"/>.</summary>
    public async Task<DefinitionImportRow?> FindAsync(Guid id, CancellationToken cancellationToken) => (await ReadAsync(id, 1, cancellationToken)).SingleOrDefault();

    /// <summary>Returns the file of an import that waits for a decision; <see langword="null"/> if it does not.</summary>
    public async Task<byte[]?> ContentAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ContentSql);
        command.Parameters.AddUuid(id);
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<DefinitionImportRow>> ReadAsync(Guid? id, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit);
        List<DefinitionImportRow> imports = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            imports.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.Instant(3), reader.GetString(4), reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.Instant(6), reader.Text(7)));
        }

        return imports;
    }
}
