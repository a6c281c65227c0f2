using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that make a text of a text, or cut one.</summary>
internal static class TextFilters
{
    public static object? Append(object? input, FilterArguments arguments, RenderState state) =>
        Concat(LiquidValue.ToText(input, state), arguments.Text(0, state), state);

    public static object? Prepend(object? input, FilterArguments arguments, RenderState state) =>
        Concat(arguments.Text(0, state), LiquidValue.ToText(input, state), state);

    public static object? Capitalize(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextOf(input, state);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();
    }

    public static object? Downcase(object? input, FilterArguments arguments, RenderState state) => TextOf(input, state).ToLowerInvariant();

    public static object? Upcase(object? input, FilterArguments arguments, RenderState state) => TextOf(input, state).ToUpperInvariant();

    public static object? Strip(object? input, FilterArguments arguments, RenderState state) => TextOf(input, state).Trim();

    public static object? StripLeft(object? input, FilterArguments arguments, RenderState state) => TextOf(input, state).TrimStart();

    public static object? StripRight(object? input, FilterArguments arguments, RenderState state) => TextOf(input, state).TrimEnd();

    public static object? StripNewlines(object? input, FilterArguments arguments, RenderState state) =>
        TextOf(input, state).Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    public static object? Squish(object? input, FilterArguments arguments, RenderState state) =>
        string.Join(' ', TextOf(input, state).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static object? Split(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextOf(input, state);
        string separator = arguments.Text(0, state);
        PlainList parts = state.NewList(separator.Length == 0 ? text.Length : text.AsSpan().Count(separator) + 1);
        state.SpendBytes(32L * parts.Capacity);
        if (separator.Length == 0)
            parts.AddRange(text.EnumerateRunes().Select(rune => rune.ToString()));
        else
            parts.AddRange(text.Split(separator));
        // As in Ruby, where the language comes from: nothing at the end is no part.
        while (parts.Count > 0 && parts[^1] is "")
            parts.RemoveAt(parts.Count - 1);
        return parts;
    }

    public static object? Truncate(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextOf(input, state);
        long length = arguments.Whole(0, 50, state);
        string ellipsis = arguments.Count > 1 ? arguments.Text(1, state) : "...";
        if (text.Length <= length)
            return text;
        int kept = (int)Math.Max(0, length - ellipsis.Length);
        // Half of a surrogate pair would be no character.
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1]))
            kept--;
        return Concat(text[..kept], ellipsis, state);
    }

    public static object? TruncateWords(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextOf(input, state);
        long words = Math.Max(1, arguments.Whole(0, 15, state));
        string ellipsis = arguments.Count > 1 ? arguments.Text(1, state) : "...";
        state.SpendBytes(text.Length * 16L);
        string[] all = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return all.Length <= words ? text : Concat(string.Join(' ', all.Take((int)words)), ellipsis, state);
    }

    public static object? Slice(object? input, FilterArguments arguments, RenderState state)
    {
        long offset = arguments.Whole(0, 0, state);
        long length = arguments.Whole(1, 1, state);
        if (input is PlainList or NumberRange)
        {
            PlainList list = LiquidValue.ToList(input, state);
            (int from, int count) = Part(list.Count, offset, length);
            PlainList part = state.NewList(count);
            part.AddRange(list.Skip(from).Take(count));
            return part;
        }

        string text = TextOf(input, state);
        (int start, int size) = Part(text.Length, offset, length);
        return text.Substring(start, size);
    }

    public static object? Size(object? input, FilterArguments arguments, RenderState state) => LiquidValue.Unwrap(input) switch
    {
        string text => (long)text.Length,
        PlainList list => (long)list.Count,
        PlainObject map => (long)map.Count,
        NumberRange range => range.Count,
        _ => 0L,
    };

    /// <summary>Reads the text of a filter's input; the text that the filter makes of it is no longer than this one, and is paid here.</summary>
    public static string TextOf(object? input, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        state.NewText(text.Length);
        return text;
    }

    private static string Concat(string left, string right, RenderState state)
    {
        state.NewText(left.Length + (long)right.Length);
        return left + right;
    }

    private static (int From, int Count) Part(int total, long offset, long length)
    {
        long from = offset < 0 ? total + offset : offset;
        if (from < 0 || from > total || length < 0)
            return (0, 0);
        return ((int)from, (int)Math.Min(length, total - from));
    }
}
