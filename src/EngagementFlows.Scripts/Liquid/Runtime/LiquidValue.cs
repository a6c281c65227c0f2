using System.Globalization;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>Conversions and comparisons of the values that templates work with: plain values and the few kinds of the language itself.</summary>
internal static class LiquidValue
{
    // Lists nest at most as deep as plain values do; a cycle cannot be made by a template, but may be in a caller's data.
    private const int DeepestComparison = 64;

    private const int BytesOfNumber = 24;

    // Comparing and searching run at several characters a nanosecond.
    private const int CharactersPerStep = 256;

    public static bool IsTrue(object? value) => value is not (null or false);

    /// <summary>Gives the text that an output of the value writes.</summary>
    public static string ToText(object? value, RenderState state) => value switch
    {
        null or Emptiness or ILiquidFacts => "",
        string text => text,
        SafeText safe => safe.Text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => LiquidNumber.ToText(number),
        decimal number => LiquidNumber.ToText(number),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        byte[] bytes => Base64(bytes, state),
        PlainList or NumberRange => ListText.Join(ToList(value, state), "", state),
        PlainObject => JsonText.Of(value, 0, state),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a template met a value of type '{value.GetType()}'."),
    };

    /// <summary>Gives the items of a list, a range; of one other value a list of it, of nothing none.</summary>
    public static PlainList ToList(object? value, RenderState state)
    {
        switch (value)
        {
            case PlainList list:
                return list;
            case null or Emptiness:
                return [];
            case NumberRange range:
                PlainList numbers = state.NewList(range.Count);
                state.SpendBytes(range.Count * BytesOfNumber);
                for (long i = range.From; numbers.Count < range.Count; i++)
                    numbers.Add(i);
                return numbers;
            default:
                return [value];
        }
    }

    /// <summary>Gives the plain value that leaves the language: to JSON, or to a filter of the caller's.</summary>
    public static object? ToPlain(object? value, RenderState state) => value switch
    {
        SafeText safe => safe.Text,
        NumberRange => ToList(value, state),
        Emptiness or ILiquidFacts => null,
        _ => value,
    };

    public static string KindOf(object? value) => value switch
    {
        null => "nil",
        string or SafeText => "text",
        bool => "a Boolean",
        long or double or decimal => "a number",
        PlainList or NumberRange => "a list",
        DateTimeOffset => "a date",
        _ => "a single value",
    };

    public static bool AreEqual(object? left, object? right, RenderState state) => AreEqual(left, right, 0, state);

    /// <summary>Compares two values of one kind, or a number with a text that is one; other values of different kinds have no order.</summary>
    public static int? Compare(object? left, object? right) => (Unwrap(left), Unwrap(right)) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (object a, object b) when LiquidNumber.IsNumber(a) && LiquidNumber.IsNumber(b) => LiquidNumber.Compare(a, b),
        (object a, string b) when LiquidNumber.IsNumber(a) && LiquidNumber.Parse(b) is { } number => LiquidNumber.Compare(a, number),
        (string a, object b) when LiquidNumber.IsNumber(b) && LiquidNumber.Parse(a) is { } number => LiquidNumber.Compare(number, b),
        _ => null,
    };

    public static bool Contains(object? whole, object? part, RenderState state)
    {
        switch (Unwrap(whole))
        {
            case string text:
                state.Step(text.Length / CharactersPerStep);
                return part is not null && text.Contains(ToText(part, state), StringComparison.Ordinal);
            case PlainList list:
                state.Step(list.Count);
                foreach (object? item in list)
                {
                    if (AreEqual(item, part, state))
                        return true;
                }

                return false;
            case NumberRange range:
                return LiquidNumber.IsNumber(part) && LiquidNumber.TryToLong(part, out long number) && number >= range.From && number <= range.To;
            case PlainObject map:
                return part is not null && map.ContainsKey(ToText(part, state));
            default:
                return false;
        }
    }

    public static object? Unwrap(object? value) => value is SafeText safe ? safe.Text : value;

    private static bool AreEqual(object? left, object? right, int depth, RenderState state)
    {
        left = Unwrap(left);
        right = Unwrap(right);
        switch (left, right)
        {
            case (Emptiness kind, _):
                return kind.Covers(right);
            case (_, Emptiness kind):
                return kind.Covers(left);
            case (null, null):
                return true;
            case (null, _) or (_, null):
                return false;
            case (string a, string b):
                state.Step(a.Length / CharactersPerStep);
                return a == b;
            case (PlainList a, PlainList b):
                state.Step(a.Count);
                return a.Count == b.Count && depth < DeepestComparison && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second, depth + 1, state));
            case (byte[] a, byte[] b):
                return a.AsSpan().SequenceEqual(b);
            default:
                return LiquidNumber.IsNumber(left) && LiquidNumber.IsNumber(right) ? LiquidNumber.Compare(left, right) == 0 : left.Equals(right);
        }
    }

    private static string Base64(byte[] bytes, RenderState state)
    {
        state.NewText(bytes.Length * 4L / 3);
        return Convert.ToBase64String(bytes);
    }
}
