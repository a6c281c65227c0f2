using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EngagementFlows.Postgres.Backups;

/// <summary>What a backup is given beside the database.</summary>
/// <param name="ProductVersion">The build, for people.</param>
/// <param name="KeyFingerprints">The fingerprints of the installation's secret keys by key id.</param>
/// <param name="KeyFile">The key file's bytes if they are to lie in the backup, or <see langword="null"/>.</param>
public sealed record BackupRequest(string ProductVersion, IReadOnlyDictionary<string, string> KeyFingerprints, byte[]? KeyFile);

/// <summary>Writes every table of one snapshot into one file: a ZIP archive of PostgreSQL's text format, closed by a manifest with counts and checksums.</summary>
/// <remarks>
/// Logical, so that the embedded database and any other of version 15 or later give and take the same file. Runs beside servers at work: it reads one
/// repeatable-read snapshot and blocks nobody but migrations and restores; like every long snapshot it keeps old row versions from being vacuumed.
/// </remarks>
public static class BackupWriter
{
    internal const string ManifestEntry = "manifest.json";
    internal const string ManifestHashEntry = "manifest.sha256";
    internal const string KeysEntry = "keys.json";

    /// <summary>Writes the backup to <paramref name="path"/>; until it is whole and on the disk the file has the name <c>….partial</c>.</summary>
    /// <exception cref="BackupException">The file exists already, another backup writes it, or the database holds nothing of ours.</exception>
    /// <exception cref="NpgsqlException">The database cannot be read.</exception>
    public static async Task<BackupManifest> WriteAsync(string connectionString, string path, BackupRequest request, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            throw new BackupException($"The file '{path}' exists already: a backup never replaces another one. Give it another name, or a folder.");
        await using NpgsqlConnection connection = await BackupSession.OpenAsync(connectionString, "EngagementFlows backup", cancellationToken);
        string partial = path + ".partial";
        await using FileStream file = Take(partial);
        try
        {
            BackupManifest manifest = await WriteAsync(connection, file, request, cancellationToken);
            file.Flush(flushToDisk: true);
            File.Move(partial, path, overwrite: false);
            return manifest;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static FileStream Take(string partial)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None };
        // It holds everything that the firm knows about its clients.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(partial, options);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The file '{partial}' cannot be written: {fault.Message} If another backup is at work, wait for its end; otherwise look at the folder and its rights.", fault);
        }
    }

    private static async Task<BackupManifest> WriteAsync(NpgsqlConnection connection, FileStream file, BackupRequest request, CancellationToken cancellationToken)
    {
        // Closing the archive writes its directory into the file, which stays open.
        await using ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        if (!await connection.ScalarAsync<bool>("select to_regclass('schema_migration') is not null", cancellationToken))
            throw new BackupException($"The database '{connection.Database}' holds no schema of EngagementFlows: there is nothing to back up. Check ConnectionStrings:EngagementFlows or EngagementFlows:DataFolder.");
        string[] tables = [.. (await BackupCatalogue.TablesAsync(connection, cancellationToken)).Select(table => table.Name)];
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await connection.ExecuteAsync("set transaction read only", cancellationToken);
        // Before the snapshot, which the first query takes: a migration that rewrote a table later would leave its rows invisible to it.
        await connection.ExecuteAsync($"lock table {BackupSession.QuotedList(tables)} in access share mode", cancellationToken);
        BackupManifest manifest = new()
        {
            Product = BackupManifest.ProductName,
            Format = BackupManifest.CurrentFormat,
            ProductVersion = request.ProductVersion,
            ServerVersion = connection.PostgreSqlVersion.ToString(),
            TakenAt = new DateTimeOffset(await connection.ScalarAsync<DateTime>("select now()", cancellationToken), TimeSpan.Zero),
            Migrations = await BackupCatalogue.MigrationsAsync(connection, cancellationToken),
            Partitions = await BackupCatalogue.PartitionsAsync(connection, cancellationToken),
            Tables = await WriteTablesAsync(connection, archive, cancellationToken),
            // Sequences know no snapshot: read last, they are at or beyond every number that the tables hold.
            Sequences = await BackupCatalogue.SequencesAsync(connection, cancellationToken),
            KeyFingerprints = request.KeyFingerprints,
            HasKeys = request.KeyFile is not null,
        };
        if (request.KeyFile is { } keys)
            await WriteEntryAsync(archive, KeysEntry, keys, cancellationToken);
        byte[] json = manifest.Write();
        await WriteEntryAsync(archive, ManifestEntry, json, cancellationToken);
        await WriteEntryAsync(archive, ManifestHashEntry, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json))), cancellationToken);
        return manifest;
    }

    private static async Task<List<BackupTable>> WriteTablesAsync(NpgsqlConnection connection, ZipArchive archive, CancellationToken cancellationToken)
    {
        List<BackupTable> tables = [];
        foreach ((string name, string[] columns) in await BackupCatalogue.TablesAsync(connection, cancellationToken))
        {
            ZipArchiveEntry entry = archive.CreateEntry(new BackupTable(name, columns, 0, 0, "").Entry, CompressionLevel.Fastest);
            await using Stream stream = await entry.OpenAsync(cancellationToken);
            tables.Add(await TableCopy.OutAsync(connection, name, columns, stream, digest: null, cancellationToken));
        }

        return tables;
    }

    private static async Task WriteEntryAsync(ZipArchive archive, string name, byte[] content, CancellationToken cancellationToken)
    {
        await using Stream stream = await archive.CreateEntry(name, CompressionLevel.Optimal).OpenAsync(cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
    }
}
