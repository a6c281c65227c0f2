using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engagements.Mail;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Loads the mails of process versions; each is parsed once.</summary>
internal static class LoadMailTemplates
{
    private const int MostCached = 1000;

    private const string Sql = """
        select path, content from definition_asset where definition_version_id = $1 and path like $2
        """;

    // What belongs to a version never changes; the hash tells apart databases of one process, as tests have them.
    private static readonly ConcurrentDictionary<(string Version, string Name, string Hash), MailTemplateSet> Parsed = new();

    /// <exception cref="MailTemplateException">The version has no such mail, or one that cannot be read.</exception>
    public static async Task<MailTemplateSet> ExecuteAsync(NpgsqlConnection connection, string versionId, string name, CancellationToken cancellationToken)
    {
        Dictionary<string, byte[]> files = await FilesAsync(connection, versionId, name, cancellationToken);
        (string, string, string) key = (versionId, name, Hash(files));
        if (Parsed.TryGetValue(key, out MailTemplateSet? known))
            return known;
        MailTemplateSet templates = MailTemplateSet.Parse(name, files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value)));
        if (Parsed.Count >= MostCached)
            Parsed.Clear();
        return Parsed[key] = templates;
    }

    private static async Task<Dictionary<string, byte[]>> FilesAsync(NpgsqlConnection connection, string versionId, string name, CancellationToken cancellationToken)
    {
        string before = $"mail/{name}.";
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText($"{before}%.md");
        Dictionary<string, byte[]> files = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            files[reader.GetString(0)[before.Length..^".md".Length]] = reader.GetFieldValue<byte[]>(1);
        return files;
    }

    private static string Hash(Dictionary<string, byte[]> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string language, byte[] content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(language));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
