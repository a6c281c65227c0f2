using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>What a key gives of a value: members of objects, items of lists, and <c>size</c>, <c>first</c>, <c>last</c>.</summary>
internal static class Members
{
    public static bool TryGet(object? owner, object? key, RenderState state, out object? value)
    {
        owner = LiquidValue.Unwrap(owner);
        key = LiquidValue.Unwrap(key);
        switch (owner)
        {
            case PlainObject map:
                return TryGetMember(map, key, state, out value);
            case PlainList list:
                return TryGetItem(list, key, out value);
            case NumberRange range:
                return TryGetNumber(range, key, out value);
            case string text when key is "size":
                value = (long)text.Length;
                return true;
            case ILiquidFacts facts when key is string name:
                return facts.TryGet(name, out value);
            default:
                value = null;
                return false;
        }
    }

    private static bool TryGetMember(PlainObject map, object? key, RenderState state, out object? value)
    {
        string name = key as string ?? LiquidValue.ToText(key, state);
        if (map.TryGetValue(name, out value))
            return true;
        switch (name)
        {
            case "size":
                value = (long)map.Count;
                return true;
            case "first" when map.Count > 0:
                (string firstName, object? firstValue) = map.First();
                value = new PlainList { firstName, firstValue };
                return true;
            default:
                return false;
        }
    }

    private static bool TryGetItem(PlainList list, object? key, out object? value)
    {
        value = null;
        switch (key)
        {
            case "size":
                value = (long)list.Count;
                return true;
            case "first":
                value = list.Count > 0 ? list[0] : null;
                return true;
            case "last":
                value = list.Count > 0 ? list[^1] : null;
                return true;
        }

        if (!LiquidNumber.IsNumber(key) || !LiquidNumber.TryToLong(key, out long index))
            return false;
        long at = index < 0 ? list.Count + index : index;
        if (at < 0 || at >= list.Count)
            return false;
        value = list[(int)at];
        return true;
    }

    private static bool TryGetNumber(NumberRange range, object? key, out object? value)
    {
        value = key switch
        {
            "size" => range.Count,
            "first" => range.From,
            "last" => range.To,
            _ => null,
        };
        return value is not null;
    }
}
