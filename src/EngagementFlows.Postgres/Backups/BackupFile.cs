using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EngagementFlows.Postgres.Migrations;

namespace EngagementFlows.Postgres.Backups;

/// <summary>A backup that was opened and found whole: every checksum and every count was compared before anything else is done with it.</summary>
public sealed class BackupFile : IAsyncDisposable
{
    private const long LargestSmallEntry = 1 << 24;

    private readonly string _path;
    private readonly ZipArchive _archive;

    private BackupFile(string path, ZipArchive archive, BackupManifest manifest)
    {
        _path = path;
        _archive = archive;
        Manifest = manifest;
    }

    /// <summary>Gets what the backup says about itself.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens and verifies a backup.</summary>
    /// <exception cref="BackupException">It is no backup, not whole, changed, or of a newer build; the message says which.</exception>
    public static async Task<BackupFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new BackupException($"There is no file '{path}'.");
        ZipArchive? archive = null;
        try
        {
            archive = await ZipFile.OpenReadAsync(path, cancellationToken);
            BackupFile file = new(path, archive, await ReadManifestAsync(path, archive, cancellationToken));
            await file.VerifyAsync(cancellationToken);
            return file;
        }
        catch (Exception fault)
        {
            if (archive is not null)
                await archive.DisposeAsync();
            if (fault is InvalidDataException)
                throw new BackupException($"The file '{path}' is no whole backup of EngagementFlows: it is cut off or damaged, or something else altogether. Take another backup.", fault);
            if (fault is UnauthorizedAccessException or IOException)
                throw new BackupException($"The file '{path}' cannot be read: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>Returns the key file that lies in the backup, or <see langword="null"/>.</summary>
    public async Task<byte[]?> ReadKeyFileAsync(CancellationToken cancellationToken) =>
        Manifest.HasKeys ? await ReadSmallAsync(_archive, BackupWriter.KeysEntry, cancellationToken) : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _archive.DisposeAsync();

    internal async Task<Stream> OpenTableAsync(BackupTable table, CancellationToken cancellationToken) =>
        await (_archive.GetEntry(table.Entry) ?? throw Damaged(table.Name)).OpenAsync(cancellationToken);

    internal BackupException Damaged(string table) =>
        new($"The file '{_path}' is damaged: what it holds of table '{table}' does not match its checksum. Nothing was restored; take another backup.");

    private static async Task<BackupManifest> ReadManifestAsync(string path, ZipArchive archive, CancellationToken cancellationToken)
    {
        byte[] json = await ReadSmallAsync(archive, BackupWriter.ManifestEntry, cancellationToken);
        byte[] hash = await ReadSmallAsync(archive, BackupWriter.ManifestHashEntry, cancellationToken);
        BackupManifest manifest;
        try
        {
            manifest = BackupManifest.Read(json);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The manifest is no JSON.", fault);
        }

        if (manifest.Product != BackupManifest.ProductName)
            throw new InvalidDataException("The manifest is of another product.");
        if (manifest.Format > BackupManifest.CurrentFormat)
            throw new BackupException($"The backup '{path}' has format {manifest.Format}; this build reads formats up to {BackupManifest.CurrentFormat}. It was made by EngagementFlows {manifest.ProductVersion}: restore it with that version or a later one.");
        if (Encoding.ASCII.GetString(hash) != Convert.ToHexStringLower(SHA256.HashData(json)))
            throw new InvalidDataException("The manifest does not match its checksum.");
        CheckMigrations(path, manifest);
        return manifest;
    }

    private static void CheckMigrations(string path, BackupManifest manifest)
    {
        Dictionary<int, Migration> known = Migration.All.ToDictionary(migration => migration.Number);
        foreach (BackupMigration migration in manifest.Migrations)
        {
            if (!known.TryGetValue(migration.Number, out Migration? own))
                throw new BackupException($"The backup '{path}' has migration '{migration.Name}', which this build does not know: it was made by a newer EngagementFlows ({manifest.ProductVersion}). Restore it with that version or a later one.");
            if (own.Hash != migration.Hash)
                throw new BackupException($"The backup '{path}' was made by a build whose migration '{migration.Name}' differs from this build's. Restore it with the build that made it ({manifest.ProductVersion}).");
        }
    }

    private static async Task<byte[]> ReadSmallAsync(ZipArchive archive, string name, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"It has no entry '{name}'.");
        await using Stream stream = await entry.OpenAsync(cancellationToken);
        using MemoryStream content = new();
        (_, long bytes, _) = await TableCopy.PumpAsync(stream, content, LargestSmallEntry, digest: null, cancellationToken);
        return bytes <= LargestSmallEntry ? content.ToArray() : throw new InvalidDataException($"Its entry '{name}' is too large.");
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        foreach (BackupTable table in Manifest.Tables)
        {
            await using Stream stream = await OpenTableAsync(table, cancellationToken);
            (long rows, long bytes, string sha256) = await TableCopy.PumpAsync(stream, Stream.Null, table.Bytes, digest: null, cancellationToken);
            if (rows != table.Rows || bytes != table.Bytes || sha256 != table.Sha256)
                throw Damaged(table.Name);
        }
    }
}
