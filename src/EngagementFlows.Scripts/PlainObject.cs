using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace EngagementFlows.Scripts;

/// <summary>Named plain values in the order in which they were first set; names are compared exactly.</summary>
/// <remarks>
/// Small objects are searched member by member, larger ones through an index. Not safe for use by several threads at once.
/// </remarks>
public sealed class PlainObject : IReadOnlyCollection<KeyValuePair<string, object?>>
{
    private const int IndexedFrom = 9;

    private readonly List<KeyValuePair<string, object?>> _members;
    private Dictionary<string, int>? _index;

    /// <summary>Creates an object without members.</summary>
    public PlainObject() => _members = [];

    /// <summary>Creates an object without members and with room for <paramref name="capacity"/> of them.</summary>
    public PlainObject(int capacity) => _members = new(capacity);

    /// <summary>Gets the number of members.</summary>
    public int Count => _members.Count;

    /// <summary>Gets or sets a member; reading a name that does not exist gives <see langword="null"/>.</summary>
    public object? this[string name]
    {
        get => TryGetValue(name, out object? value) ? value : null;
        set
        {
            int at = IndexOf(name);
            if (at >= 0)
            {
                _members[at] = new(name, value);
                return;
            }

            _members.Add(new(name, value));
            if (_index is not null)
                _index[name] = _members.Count - 1;
            else if (_members.Count >= IndexedFrom)
                BuildIndex();
        }
    }

    /// <summary>Adds or replaces a member; gives collection initializers their form.</summary>
    public void Add(string name, object? value) => this[name] = value;

    /// <summary>Tells whether a member of that name exists, and gives its value.</summary>
    public bool TryGetValue(string name, out object? value)
    {
        int at = IndexOf(name);
        value = at < 0 ? null : _members[at].Value;
        return at >= 0;
    }

    /// <summary>Tells whether a member of that name exists.</summary>
    public bool ContainsKey(string name) => IndexOf(name) >= 0;

    /// <summary>Removes a member; returns whether it existed.</summary>
    public bool Remove(string name)
    {
        int at = IndexOf(name);
        if (at < 0)
            return false;
        _members.RemoveAt(at);
        _index = null;
        if (_members.Count >= IndexedFrom)
            BuildIndex();
        return true;
    }

    /// <summary>Returns a copy that shares no list, object or byte array with this one.</summary>
    public PlainObject DeepClone()
    {
        PlainObject copy = new(Count);
        foreach ((string name, object? value) in _members)
            copy[name] = PlainValue.Clone(value);
        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _members.GetEnumerator();

    [ExcludeFromCodeCoverage]
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        if (_index is not null)
            return _index.TryGetValue(name, out int found) ? found : -1;
        for (int i = 0; i < _members.Count; i++)
        {
            if (string.Equals(_members[i].Key, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private void BuildIndex()
    {
        _index = new(_members.Count, StringComparer.Ordinal);
        for (int i = 0; i < _members.Count; i++)
            _index[_members[i].Key] = i;
    }
}
