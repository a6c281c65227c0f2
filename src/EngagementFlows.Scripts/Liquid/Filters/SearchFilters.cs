using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that choose items by a property: by its value, or by whether it is true if no value is given.</summary>
internal static class SearchFilters
{
    public static object? Where(object? input, FilterArguments arguments, RenderState state) => Chosen(input, arguments, wanted: true, state);

    public static object? Reject(object? input, FilterArguments arguments, RenderState state) => Chosen(input, arguments, wanted: false, state);

    public static object? Find(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        int at = IndexOf(list, arguments, state);
        return at < 0 ? null : list[at];
    }

    public static object? FindIndex(object? input, FilterArguments arguments, RenderState state)
    {
        int at = IndexOf(LiquidValue.ToList(input, state), arguments, state);
        return at < 0 ? null : (long)at;
    }

    public static object? Has(object? input, FilterArguments arguments, RenderState state) =>
        IndexOf(LiquidValue.ToList(input, state), arguments, state) >= 0;

    /// <summary>Gives a list of objects with <c>name</c>, the property's value, and <c>items</c>.</summary>
    public static object? GroupBy(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList groups = state.NewList(list.Count);
        state.SpendBytes(list.Count * 16L);
        Dictionary<object, PlainList> byName = new(new EqualValues(state));
        object nil = new();
        foreach (object? item in list)
        {
            object? name = ListFilters.PropertyOf(item, arguments, state);
            if (!byName.TryGetValue(name ?? nil, out PlainList? items))
            {
                byName.Add(name ?? nil, items = []);
                groups.Add(new PlainObject { ["name"] = name, ["items"] = items });
                state.SpendBytes(64);
            }

            items.Add(item);
        }

        return groups;
    }

    private static PlainList Chosen(object? input, FilterArguments arguments, bool wanted, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList chosen = state.NewList(list.Count);
        foreach (object? item in list)
        {
            if (Matches(item, arguments, state) == wanted)
                chosen.Add(item);
        }

        return chosen;
    }

    private static int IndexOf(PlainList list, FilterArguments arguments, RenderState state)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (Matches(list[i], arguments, state))
                return i;
        }

        return -1;
    }

    private static bool Matches(object? item, FilterArguments arguments, RenderState state)
    {
        object? value = ListFilters.PropertyOf(item, arguments, state);
        return arguments.Count < 2 ? LiquidValue.IsTrue(value) : LiquidValue.AreEqual(value, arguments[1], state);
    }
}
