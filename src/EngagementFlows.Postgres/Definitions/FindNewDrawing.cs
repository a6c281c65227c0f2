using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Helps to make a definition: tells which ids are free, and what the same person made a moment ago.</summary>
public static class FindNewDrawing
{
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('new definition ' || $1, 7))";

    private const string Recent = """
        select id, definition_id, content_hash from definition
        where created_by = $1 and version = 1 and is_drawn and state = 'draft' and created_at > now() - interval '1 minute'
        order by created_at desc
        limit 20
        """;

    private const string Taken = "select exists (select 1 from definition where definition_id = $1) or exists (select 1 from definition_number where definition_id = $1)";

    /// <summary>Lets one who makes definitions under a name wait for another, until the transaction ends.</summary>
    public static async Task WaitAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Lock, transaction.Connection, transaction);
        command.Parameters.AddText(name);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns what the person made within the last minute: the version's id, the definition's, and the hash of its content.</summary>
    public static async Task<IReadOnlyList<(string VersionId, string DefinitionId, string ContentHash)>> RecentAsync(NpgsqlTransaction transaction, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Recent, transaction.Connection, transaction);
        command.Parameters.AddText(by);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(string, string, string)> recent = [];
        while (await reader.ReadAsync(cancellationToken))
            recent.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return recent;
    }

    /// <summary>Tells whether a definition has or had that id.</summary>
    public static async Task<bool> IsTakenAsync(NpgsqlTransaction transaction, string definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Taken, transaction.Connection, transaction);
        command.Parameters.AddText(definitionId);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
