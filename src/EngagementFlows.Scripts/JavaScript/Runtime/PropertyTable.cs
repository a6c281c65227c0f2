namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Names, attributes and order of the properties of one object, or of many objects made by the same literal.</summary>
/// <remarks>Up to eight names are searched one by one, more through a hash index. A shared table is copied before it changes.</remarks>
internal sealed class PropertyTable
{
    public const int Linear = 8;

    private PropertyKey[] _keys;
    private PropertyFlags[] _flags;
    private int[]? _buckets;
    private int[]? _next;

    public PropertyTable(int capacity = 4)
    {
        _keys = new PropertyKey[capacity];
        _flags = new PropertyFlags[capacity];
    }

    private PropertyTable(PropertyTable source)
    {
        int capacity = Math.Max(4, source.Count + 2);
        _keys = new PropertyKey[capacity];
        _flags = new PropertyFlags[capacity];
        Array.Copy(source._keys, _keys, source.Count);
        Array.Copy(source._flags, _flags, source.Count);
        Count = source.Count;
        Removed = source.Removed;
        HasIndexKeys = source.HasIndexKeys;
        if (Count > Linear)
            Index();
    }

    /// <summary>Gets the table of objects without properties.</summary>
    public static PropertyTable None { get; } = new(0) { IsShared = true };

    /// <summary>Gets the number of entries, removed ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of removed entries.</summary>
    public int Removed { get; private set; }

    public bool IsShared { get; set; }

    /// <summary>Gets whether some name is an array index: these come first when names are listed.</summary>
    public bool HasIndexKeys { get; private set; }

    public PropertyTable Unshared() => IsShared ? new PropertyTable(this) : this;

    public PropertyKey KeyAt(int at) => _keys[at];

    public bool IsRemovedAt(int at) => _keys[at].Raw is null;

    public PropertyFlags FlagsAt(int at) => _flags[at];

    public void SetFlagsAt(int at, PropertyFlags flags) => _flags[at] = flags;

    public int Find(PropertyKey key)
    {
        PropertyKey[] keys = _keys;
        if (_buckets is null)
        {
            int count = Count;
            object raw = key.Raw;
            for (int i = 0; i < count && i < keys.Length; i++)
            {
                if (ReferenceEquals(keys[i].Raw, raw))
                    return i;
            }

            if (raw is string text)
            {
                for (int i = 0; i < count && i < keys.Length; i++)
                {
                    if (keys[i].Raw is string other && text == other)
                        return i;
                }
            }

            return -1;
        }

        for (int i = _buckets[Bucket(key)] - 1; i >= 0; i = _next![i])
        {
            if (keys[i].Equals(key))
                return i;
        }

        return -1;
    }

    public int Add(PropertyKey key, PropertyFlags flags)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(4, Count * 2));
            Array.Resize(ref _flags, _keys.Length);
            if (_buckets is not null)
                _buckets = null;
        }

        int at = Count++;
        _keys[at] = key;
        _flags[at] = flags;
        HasIndexKeys |= key.TryIndex(out _);
        if (Count > Linear)
        {
            if (_buckets is null)
                Index();
            else
                Link(at);
        }

        return at;
    }

    /// <summary>Marks an entry as removed; its slot stays empty until the owner packs.</summary>
    public void RemoveAt(int at)
    {
        if (_buckets is not null)
        {
            ref int bucket = ref _buckets[Bucket(_keys[at])];
            if (bucket - 1 == at)
            {
                bucket = _next![at] + 1;
            }
            else
            {
                int i = bucket - 1;
                while (_next![i] != at)
                    i = _next[i];
                _next[i] = _next[at];
            }
        }

        _keys[at] = default;
        Removed++;
    }

    /// <summary>Drops removed entries from the table and from the owner's slots.</summary>
    public void Pack(Value[] slots)
    {
        int to = 0;
        for (int from = 0; from < Count; from++)
        {
            if (_keys[from].Raw is null)
                continue;
            _keys[to] = _keys[from];
            _flags[to] = _flags[from];
            slots[to] = slots[from];
            to++;
        }

        Array.Clear(_keys, to, Count - to);
        Array.Clear(slots, to, Count - to);
        Count = to;
        Removed = 0;
        _buckets = null;
        if (Count > Linear)
            Index();
    }

    private int Bucket(PropertyKey key) => (key.GetHashCode() & int.MaxValue) % _buckets!.Length;

    private void Index()
    {
        _buckets = new int[(_keys.Length * 2) + 1];
        _next = new int[_keys.Length];
        for (int i = 0; i < Count; i++)
        {
            if (_keys[i].Raw is not null)
                Link(i);
        }
    }

    private void Link(int at)
    {
        int bucket = Bucket(_keys[at]);
        _next![at] = _buckets![bucket] - 1;
        _buckets[bucket] = at + 1;
    }
}
