using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that take lists apart and put them together; the list in front of them is never changed.</summary>
internal static class ListFilters
{
    private const int BytesOfEntry = 24;

    public static object? Join(object? input, FilterArguments arguments, RenderState state) =>
        ListText.Join(LiquidValue.ToList(input, state), arguments[0] is null ? " " : arguments.Text(0, state), state);

    public static object? First(object? input, FilterArguments arguments, RenderState state) => input switch
    {
        PlainList list => list.Count > 0 ? list[0] : null,
        NumberRange range => range.Count > 0 ? range.From : null,
        string { Length: > 0 } text => text[..1],
        PlainObject map => Members.TryGet(map, "first", state, out object? first) ? first : null,
        _ => null,
    };

    public static object? Last(object? input, FilterArguments arguments, RenderState state) => input switch
    {
        PlainList list => list.Count > 0 ? list[^1] : null,
        NumberRange range => range.Count > 0 ? range.To : null,
        string { Length: > 0 } text => text[^1..],
        _ => null,
    };

    public static object? Concat(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList left = LiquidValue.ToList(input, state);
        PlainList right = LiquidValue.ToList(arguments[0], state);
        PlainList all = state.NewList(left.Count + (long)right.Count);
        all.AddRange(left);
        all.AddRange(right);
        return all;
    }

    public static object? Compact(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList kept = state.NewList(list.Count);
        kept.AddRange(list.Where(item => PropertyOf(item, arguments, state) is not null));
        return kept;
    }

    public static object? Map(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList values = state.NewList(list.Count);
        foreach (object? item in list)
            values.Add(PropertyOf(item, arguments, state));
        return values;
    }

    public static object? Reverse(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList reversed = CopyOf(input, 0, state);
        reversed.Reverse();
        return reversed;
    }

    public static object? Sum(object? input, FilterArguments arguments, RenderState state)
    {
        object sum = 0L;
        foreach (object? item in LiquidValue.ToList(input, state))
        {
            state.Step();
            sum = LiquidNumber.Apply(sum, LiquidNumber.ToNumber(PropertyOf(item, arguments, state)), (a, b) => a + b, (a, b) => a + b);
        }

        return sum;
    }

    public static object? Unique(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList kept = state.NewList(list.Count);
        state.SpendBytes(list.Count * BytesOfEntry);
        HashSet<object> seen = new(new EqualValues(state));
        bool hasNil = false;
        foreach (object? item in list)
        {
            state.Step();
            object? value = PropertyOf(item, arguments, state);
            bool isNew = value is null ? !hasNil : seen.Add(value);
            hasNil |= value is null;
            if (isNew)
                kept.Add(item);
        }

        return kept;
    }

    public static object? Push(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = CopyOf(input, 1, state);
        list.Add(arguments[0]);
        return list;
    }

    public static object? Unshift(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = CopyOf(input, 1, state);
        list.Insert(0, arguments[0]);
        return list;
    }

    public static object? Pop(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = CopyOf(input, 0, state);
        if (list.Count > 0)
            list.RemoveAt(list.Count - 1);
        return list;
    }

    public static object? Shift(object? input, FilterArguments arguments, RenderState state)
    {
        PlainList list = CopyOf(input, 0, state);
        if (list.Count > 0)
            list.RemoveAt(0);
        return list;
    }

    public static object? Keys(object? input, FilterArguments arguments, RenderState state)
    {
        if (input is not PlainObject map)
            return new PlainList();
        PlainList names = state.NewList(map.Count);
        names.AddRange(map.Select(member => member.Key));
        return names;
    }

    /// <summary>Gives the property of an item that the filter's first argument names, or the item itself if there is none.</summary>
    public static object? PropertyOf(object? item, FilterArguments arguments, RenderState state)
    {
        if (arguments[0] is null)
            return item;
        string path = arguments.Text(0, state);
        state.Step(1 + (path.Length / 64));
        if (Members.TryGet(item, path, state, out object? value) || !path.Contains('.', StringComparison.Ordinal))
            return value;
        value = item;
        foreach (string name in path.Split('.'))
        {
            if (!Members.TryGet(value, name, state, out value))
                return null;
        }

        return value;
    }

    private static PlainList CopyOf(object? input, int more, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList copy = state.NewList(list.Count + (long)more);
        copy.AddRange(list);
        return copy;
    }
}
