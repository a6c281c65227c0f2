namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>What a loop walks over: a list, a range, the pairs of an object, or one text; without copying it.</summary>
internal readonly struct Items
{
    private readonly PlainList? _list;
    private readonly long _from;
    private readonly int _step;

    private Items(PlainList? list, long from, int count, int step)
    {
        _list = list;
        _from = from;
        Count = count;
        _step = step;
    }

    public int Count { get; }

    public object? this[int index]
    {
        get
        {
            long at = _from + ((long)index * _step);
            return _list is null ? at : _list[(int)at];
        }
    }

    public static Items Of(object? value, RenderState state) => value switch
    {
        PlainList list => new(list, 0, list.Count, 1),
        NumberRange range => new(null, range.From, state.CheckLength(range.Count), 1),
        PlainObject map => OfList(PairsOf(map, state)),
        string { Length: > 0 } or SafeText { Text.Length: > 0 } => OfList([value]),
        _ => default,
    };

    /// <summary>Returns the part after <paramref name="offset"/> items, at most <paramref name="limit"/> of them.</summary>
    public Items Part(long offset, long limit)
    {
        // A negative offset counts from the end, as a slice does.
        long start = offset < 0 ? Math.Max(0, Count + offset) : Math.Min(offset, Count);
        long count = limit < 0 ? Math.Max(0, Count + limit - start) : Math.Min(limit, Count - start);
        return new(_list, _from + (start * _step), (int)count, _step);
    }

    public Items Reversed() => Count == 0 ? this : new(_list, _from + ((long)(Count - 1) * _step), Count, -_step);

    private static Items OfList(PlainList list) => new(list, 0, list.Count, 1);

    private static PlainList PairsOf(PlainObject map, RenderState state)
    {
        PlainList pairs = state.NewList(map.Count);
        foreach ((string name, object? member) in map)
            pairs.Add(new PlainList { name, member });
        return pairs;
    }
}
