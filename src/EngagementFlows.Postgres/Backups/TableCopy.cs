using System.Security.Cryptography;
using Npgsql;

namespace EngagementFlows.Postgres.Backups;

/// <summary>Moves a table's rows between database and streams in PostgreSQL's text format, counting and hashing on the way.</summary>
internal static class TableCopy
{
    private const int BufferSize = 1 << 16;
    private const byte EndOfRow = (byte)'\n';

    /// <summary>Writes the table's rows to <paramref name="target"/>, and to <paramref name="digest"/> if one is given.</summary>
    public static async Task<BackupTable> OutAsync(
        NpgsqlConnection connection, string name, IReadOnlyList<string> columns, Stream target, RowDigest? digest, CancellationToken cancellationToken)
    {
        // The form with a query reads partitioned tables too.
        string sql = $"copy (select {BackupSession.QuotedList(columns)} from {BackupSession.Quoted(name)}) to stdout";
        using TextReader reader = await connection.BeginTextExportAsync(sql, cancellationToken);
        // The bytes as they come: decoding them to text and back would only cost time.
        (long rows, long bytes, string sha256) = await PumpAsync(((StreamReader)reader).BaseStream, target, long.MaxValue, digest, cancellationToken);
        return new(name, columns, rows, bytes, sha256);
    }

    /// <summary>Writes what <paramref name="source"/> holds into the table and into <paramref name="digest"/>, and returns what it was.</summary>
    /// <remarks>On a fault the caller's transaction is to be undone.</remarks>
    public static async Task<BackupTable> InAsync(NpgsqlConnection connection, BackupTable table, Stream source, RowDigest digest, CancellationToken cancellationToken)
    {
        string sql = $"copy {BackupSession.Quoted(table.Name)} ({BackupSession.QuotedList(table.Columns)}) from stdin";
        await using NpgsqlCopyTextWriter writer = (NpgsqlCopyTextWriter)await connection.BeginTextImportAsync(sql, cancellationToken);
        try
        {
            (long rows, long bytes, string sha256) = await PumpAsync(source, writer.BaseStream, table.Bytes, digest, cancellationToken);
            return table with { Rows = rows, Bytes = bytes, Sha256 = sha256 };
        }
        catch
        {
            await writer.CancelAsync();
            throw;
        }
    }

    /// <summary>Reads <paramref name="source"/> to its end, or to the first byte beyond <paramref name="most"/>.</summary>
    public static async Task<(long Rows, long Bytes, string Sha256)> PumpAsync(Stream source, Stream target, long most, RowDigest? digest, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        long rows = 0;
        long bytes = 0;
        while (bytes <= most && await source.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            digest?.Append(buffer.AsSpan(0, read));
            // A line feed within a value is written as \n: each byte of this kind ends a row.
            rows += buffer.AsSpan(0, read).Count(EndOfRow);
            bytes += read;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return (rows, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
