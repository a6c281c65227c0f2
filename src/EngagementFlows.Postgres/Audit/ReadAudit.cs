using Npgsql;

namespace EngagementFlows.Postgres.Audit;

/// <summary>An entry of a chain.</summary>
/// <param name="Sequence">Its number, from 1 without a gap.</param>
/// <param name="At">When.</param>
/// <param name="Entry">What.</param>
/// <param name="Hash">Its hash, which the next entry carries.</param>
public sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditEntry Entry, byte[] Hash);

/// <summary>Reads a chain, newest first, a page at a time.</summary>
public static class ReadAudit
{
    private const string Sql = """
        select sequence, at, actor, act, subject, detail, hash from audit
        where chain = $1 and ($2::bigint is null or sequence < $2)
        order by sequence desc
        limit $3
        """;

    /// <summary>Returns up to <paramref name="size"/> entries before a number; <see langword="null"/> = from the newest.</summary>
    public static async Task<IReadOnlyList<AuditRecord>> ExecuteAsync(NpgsqlDataSource dataSource, string chain, long? before, int size, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(chain);
        command.Parameters.AddBigint(before);
        command.Parameters.AddInteger(size);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<AuditRecord> records = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            AuditEntry entry = new(chain, reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.Text(5));
            records.Add(new(reader.GetInt64(0), reader.Instant(1), entry, reader.GetFieldValue<byte[]>(6)));
        }

        return records;
    }
}
