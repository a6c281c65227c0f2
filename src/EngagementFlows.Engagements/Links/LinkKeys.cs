namespace EngagementFlows.Engagements.Links;

/// <summary>The secrets under which link tokens are made and checked; they come from the key file or the settings, never from the database.</summary>
/// <remarks>Immutable. For rotation add a new key and make it the active one; links under the old key go on working until that key is removed.</remarks>
public sealed class LinkKeys
{
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>Creates the set; <paramref name="activeId"/> names the key under which new tokens are made.</summary>
    /// <exception cref="ArgumentException">The active key is not in the set, an id is not 1 to 16 ASCII letters or digits, or a key has fewer than 32 bytes.</exception>
    public LinkKeys(string activeId, IEnumerable<KeyValuePair<string, byte[]>> keys)
    {
        foreach ((string id, byte[] key) in keys)
        {
            if (id.Length is 0 or > 16 || !id.All(char.IsAsciiLetterOrDigit))
                throw new ArgumentException($"Link key id '{id}' must be 1 to 16 ASCII letters or digits, because it stands in every link. Rename it.", nameof(keys));
            if (key.Length < 32)
                throw new ArgumentException($"Link key '{id}' has {key.Length} bytes; at least 32 are needed. Make a new one from a secure random source.", nameof(keys));
            _keys[id] = key;
        }

        if (!_keys.ContainsKey(activeId))
            throw new ArgumentException($"The active link key '{activeId}' is not among the keys ({string.Join(", ", _keys.Keys)}). Add it, or name another.", nameof(activeId));
        ActiveId = activeId;
    }

    /// <summary>Gets the id of the key under which new tokens are made.</summary>
    public string ActiveId { get; }

    /// <summary>Returns the key of that id, or <see langword="null"/>.</summary>
    internal byte[]? Find(string id) => _keys.GetValueOrDefault(id);
}
