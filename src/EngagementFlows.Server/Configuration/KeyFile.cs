using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.Server.Configuration;

/// <summary>The installation's secret keys: one signs and encrypts, all verify and decrypt. Lies outside the database, so that nothing in a dump opens a page.</summary>
/// <remarks>To rotate, add a key with a new id and name it as current; take an old one away when no link of it lives any more.</remarks>
internal sealed class KeyFile
{
    private const int KeyLength = 32;
    private readonly IReadOnlyDictionary<string, byte[]> _keys;

    private KeyFile(string currentId, IReadOnlyDictionary<string, byte[]> keys)
    {
        CurrentId = currentId;
        _keys = keys;
    }

    public string CurrentId { get; }

    public IEnumerable<string> Ids => _keys.Keys;

    /// <summary>Returns the key for one purpose under a key id, or <see langword="null"/> if the file does not hold that id.</summary>
    /// <remarks>Keys of different purposes say nothing about each other.</remarks>
    public byte[]? Derive(string keyId, string purpose) =>
        _keys.TryGetValue(keyId, out byte[]? key)
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: Encoding.UTF8.GetBytes($"EngagementFlows {purpose}"))
            : null;

    /// <summary>Returns the key for one purpose under the current key id.</summary>
    public byte[] DeriveCurrent(string purpose) => Derive(CurrentId, purpose)!;

    /// <summary>Returns the keys of one purpose by key id.</summary>
    public IReadOnlyDictionary<string, byte[]> DeriveAll(string purpose) =>
        _keys.Keys.ToDictionary(id => id, id => Derive(id, purpose)!, StringComparer.Ordinal);

    /// <summary>Returns by key id what a key can be recognised by and what says nothing about it.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints() =>
        _keys.Keys.ToDictionary(id => id, id => Convert.ToHexStringLower(Derive(id, "fingerprint")!.AsSpan(0, 16)), StringComparer.Ordinal);

    /// <summary>Makes keys that live as long as the process, for tests and rehearsals.</summary>
    public static KeyFile InMemory() =>
        new("k1", new Dictionary<string, byte[]> { ["k1"] = RandomNumberGenerator.GetBytes(KeyLength) });

    /// <summary>Reads the file, or makes it with one key of chance, readable by its owner only.</summary>
    /// <exception cref="SettingsException">The file is not a key file, or others may read it.</exception>
    public static KeyFile Open(string path)
    {
        if (!File.Exists(path))
            Create(path);
        RefuseIfOpenToOthers(path);
        return Parse(path, File.ReadAllText(path));
    }

    /// <summary>Makes the file with this content, readable by its owner only; one that is there already stays as it is.</summary>
    public static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Two processes may start at once: the file gets its name when it is whole, and the first one's stays.
        string draft = $"{path}.{Environment.ProcessId}";
        File.Delete(draft);
        using (FileStream file = new(draft, options))
            file.Write(content);
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static void Create(string path) =>
        Write(path, JsonSerializer.SerializeToUtf8Bytes(new Content("k1", new Dictionary<string, string?> { ["k1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)) })));

    private static void RefuseIfOpenToOthers(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new SettingsException([$"Key file '{path}' can be read or written by others (mode '{Convert.ToString((int)File.GetUnixFileMode(path), 8)}'). It must belong to its owner alone: chmod 600 '{path}'."]);
    }

    private static KeyFile Parse(string path, string text)
    {
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(text);
            Dictionary<string, byte[]> keys = [];
            foreach ((string id, string? key) in content?.Keys ?? new Dictionary<string, string?>())
                keys[id] = Convert.FromBase64String(key ?? "");
            if (content?.Current is not null && keys.ContainsKey(content.Current) && keys.All(key => key.Value.Length >= KeyLength && key.Key.Length is > 0 and <= 8))
                return new KeyFile(content.Current, keys);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            // Falls through to the one message: the file's text must not be repeated.
        }

        throw new SettingsException([$"Key file '{path}' is not one. It must be JSON with 'current' (a key id) and 'keys' (key ids of 1 to 8 characters with at least 32 bytes each, in base64). Restore it from your backup: without it no link and no session of this database can be opened."]);
    }

    private sealed record Content(
        [property: JsonPropertyName("current")] string? Current,
        [property: JsonPropertyName("keys")] IReadOnlyDictionary<string, string?>? Keys);
}
