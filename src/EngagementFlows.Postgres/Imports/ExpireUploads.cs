using Npgsql;

namespace EngagementFlows.Postgres.Imports;

/// <summary>Takes the content away from uploads that nobody has decided about for a while; the row stays and says so. In small batches, so that nobody waits.</summary>
/// <remarks>Opens its own transactions. A row that somebody decides about at this moment is left to him.</remarks>
public static class ExpireUploads
{
    // A file may have tens of megabytes, and each is deleted from its own table of chunks.
    private const int Batch = 20;

    // A faulty file is kept as its faults and first lines: they hold people's addresses as well.
    private const string ClientsSql = """
        update client_import
        set state = 'expired', ended_at = now(), content = null, preview = (preview::jsonb || '{"sample": [], "faults": []}')::json
        where id in (
          select id from client_import
          where state in ('faulty', 'previewed') and uploaded_at < now() - $1::interval
          order by uploaded_at
          limit $2
          for update skip locked)
        """;

    private const string DefinitionsSql = """
        update definition_import
        set state = 'expired', ended_at = now(), content = null
        where id in (
          select id from definition_import
          where state = 'previewed' and uploaded_at < now() - $1::interval
          order by uploaded_at
          limit $2
          for update skip locked)
        """;

    /// <summary>Expires what was uploaded longer ago than <paramref name="kept"/>.</summary>
    public static async Task ExecuteAsync(NpgsqlDataSource dataSource, TimeSpan kept, CancellationToken cancellationToken)
    {
        foreach (string sql in new[] { ClientsSql, DefinitionsSql })
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
            command.Parameters.AddInterval(kept);
            command.Parameters.AddInteger(Batch);
            while (await command.ExecuteNonQueryAsync(cancellationToken) == Batch)
            {
            }
        }
    }
}
