namespace EngagementFlows.Scripts;

/// <summary>An ordered list of plain values.</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class PlainList : List<object?>
{
    /// <summary>Creates an empty list.</summary>
    public PlainList()
    {
    }

    /// <summary>Creates an empty list with room for <paramref name="capacity"/> items.</summary>
    public PlainList(int capacity)
        : base(capacity)
    {
    }

    /// <summary>Creates a list that holds <paramref name="items"/>.</summary>
    public PlainList(IEnumerable<object?> items)
        : base(items)
    {
    }

    /// <summary>Returns a copy that shares no list, object or byte array with this one.</summary>
    public PlainList DeepClone()
    {
        PlainList copy = new(Count);
        foreach (object? item in this)
            copy.Add(PlainValue.Clone(item));
        return copy;
    }
}
