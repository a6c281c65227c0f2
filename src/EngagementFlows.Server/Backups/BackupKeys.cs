using EngagementFlows.Postgres.Backups;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Backups;

/// <summary>The key file's part in a backup: without the keys of its database no link, no session and no stored secret of it can be opened.</summary>
internal static class BackupKeys
{
    /// <summary>Returns what the backup of this installation says about its keys, with the key file itself if it is wanted.</summary>
    /// <exception cref="BackupException">The key file is wanted and does not exist.</exception>
    /// <exception cref="SettingsException">The key file cannot be read.</exception>
    public static BackupRequest RequestOf(string keyFile, bool withKeys, string productVersion)
    {
        bool exists = File.Exists(keyFile);
        if (withKeys && !exists)
            throw new BackupException($"There is no key file '{keyFile}' to put into the backup (EngagementFlows:KeyFile). Run the command with the server's settings, or without --with-keys.");
        return new(productVersion, exists ? KeyFile.Open(keyFile).Fingerprints() : new Dictionary<string, string>(), withKeys ? File.ReadAllBytes(keyFile) : null);
    }

    /// <summary>Makes sure that this installation has the keys of the backup: it has them already, or gets them from the backup.</summary>
    /// <exception cref="BackupException">It has not, and the backup does not bring them, or another key file is in the way.</exception>
    public static async Task EnsureAsync(BackupFile backup, string keyFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(keyFile) && await backup.ReadKeyFileAsync(cancellationToken) is { } content)
        {
            KeyFile.Write(keyFile, content);
            return;
        }

        IReadOnlyDictionary<string, string> own = File.Exists(keyFile) ? KeyFile.Open(keyFile).Fingerprints() : new Dictionary<string, string>();
        string[] missing = [.. backup.Manifest.KeyFingerprints.Where(key => own.GetValueOrDefault(key.Key) != key.Value).Select(key => key.Key)];
        if (missing.Length == 0)
            return;
        string way = backup.Manifest.HasKeys
            ? "The backup brings its key file along: move this one away and restore again"
            : "Put the key file of the installation that was backed up there and restore again";
        throw new BackupException(
            $"The key file '{keyFile}' lacks the key(s) '{string.Join("', '", missing)}' of the backup: no link that clients have and no stored secret could be opened, and everybody would be signed out. {way}, or say --without-keys to go on without.");
    }
}
