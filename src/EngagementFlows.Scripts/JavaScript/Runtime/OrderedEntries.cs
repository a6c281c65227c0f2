using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The entries of a Map or Set: in the order of their insertion, also while they are iterated and changed (ECMA-262 §24.1).</summary>
internal sealed class OrderedEntries
{
    private readonly Dictionary<Value, int> _index = new(SameValueZeroComparer.Instance);
    private readonly List<Entry> _entries = [];

    private struct Entry
    {
        public Value Key;
        public Value Value;
        public bool IsRemoved;
    }

    public int Count => _index.Count;

    public bool Has(Value key) => _index.ContainsKey(key);

    public Value Get(Value key) => _index.TryGetValue(key, out int at) ? _entries[at].Value : Value.Undefined;

    public void Set(Realm realm, Value key, Value value)
    {
        if (key.IsNumber && key.Number == 0)
            key = 0;
        if (_index.TryGetValue(key, out int at))
        {
            CollectionAt(at).Value = value;
            return;
        }

        realm.Allocate(96);
        realm.CheckArrayLength(_index.Count + 1L);
        _index.Add(key, _entries.Count);
        _entries.Add(new Entry { Key = key, Value = value });
    }

    public bool Delete(Value key)
    {
        if (!_index.Remove(key, out int at))
            return false;
        ref Entry entry = ref CollectionAt(at);
        entry = new Entry { IsRemoved = true };
        return true;
    }

    public void Clear()
    {
        _index.Clear();
        for (int i = 0; i < _entries.Count; i++)
            CollectionAt(i) = new Entry { IsRemoved = true };
    }

    /// <summary>Finds the next entry from <paramref name="at"/> on; entries that are added meanwhile are found, too.</summary>
    public bool TryNext(ref int at, out Value key, out Value value)
    {
        while (at < _entries.Count)
        {
            Entry entry = _entries[at++];
            if (entry.IsRemoved)
                continue;
            key = entry.Key;
            value = entry.Value;
            return true;
        }

        key = value = default;
        return false;
    }

    public IEnumerable<Value> Keys() => Entries().Select(entry => entry.Key);

    public IEnumerable<(Value Key, Value Value)> Entries()
    {
        int at = 0;
        while (TryNext(ref at, out Value key, out Value value))
            yield return (key, value);
    }

    private ref Entry CollectionAt(int at) => ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries)[at];
}

internal sealed class SameValueZeroComparer : IEqualityComparer<Value>
{
    public static readonly SameValueZeroComparer Instance = new();

    public bool Equals(Value x, Value y) => Operations.SameValueZero(x, y);

    public int GetHashCode(Value value) => value.Kind switch
    {
        Kind.Number => value.Number == 0 ? 0 : value.Number.GetHashCode(),
        Kind.String => value.Text.GetHashCode(),
        Kind.Boolean => value.IsTrue ? 1 : 2,
        Kind.Object => RuntimeHelpers.GetHashCode(value.Object),
        Kind.Symbol => RuntimeHelpers.GetHashCode(value.Symbol),
        _ => (int)value.Kind,
    };
}

internal sealed class JsMap(JsObject? prototype) : JsObject(prototype)
{
    public OrderedEntries Data { get; } = new();
}

internal sealed class JsSet(JsObject? prototype) : JsObject(prototype)
{
    public OrderedEntries Data { get; } = new();
}
