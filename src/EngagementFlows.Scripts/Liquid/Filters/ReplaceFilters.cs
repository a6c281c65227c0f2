using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that replace or remove parts of a text, compared exactly.</summary>
internal static class ReplaceFilters
{
    public static object? Replace(object? input, FilterArguments arguments, RenderState state) =>
        ReplaceAll(LiquidValue.ToText(input, state), arguments.Text(0, state), arguments.Text(1, state), state);

    public static object? Remove(object? input, FilterArguments arguments, RenderState state) =>
        ReplaceAll(LiquidValue.ToText(input, state), arguments.Text(0, state), "", state);

    public static object? ReplaceFirst(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        string part = arguments.Text(0, state);
        return ReplaceAt(text, text.IndexOf(part, StringComparison.Ordinal), part.Length, arguments.Text(1, state), state);
    }

    public static object? RemoveFirst(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        string part = arguments.Text(0, state);
        return ReplaceAt(text, text.IndexOf(part, StringComparison.Ordinal), part.Length, "", state);
    }

    public static object? ReplaceLast(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        string part = arguments.Text(0, state);
        return ReplaceAt(text, text.LastIndexOf(part, StringComparison.Ordinal), part.Length, arguments.Text(1, state), state);
    }

    public static object? RemoveLast(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        string part = arguments.Text(0, state);
        return ReplaceAt(text, text.LastIndexOf(part, StringComparison.Ordinal), part.Length, "", state);
    }

    private static string ReplaceAll(string text, string part, string replacement, RenderState state)
    {
        state.Step(text.Length / 64);
        if (part.Length == 0)
            return Interleave(text, replacement, state);
        long count = text.AsSpan().Count(part);
        state.NewText(text.Length + (count * ((long)replacement.Length - part.Length)));
        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    // Nothing is found between any two characters.
    private static string Interleave(string text, string replacement, RenderState state)
    {
        state.NewText(text.Length + ((long)text.Length * replacement.Length));
        return string.Join(replacement, text.EnumerateRunes());
    }

    private static string ReplaceAt(string text, int at, int length, string replacement, RenderState state)
    {
        state.NewText(text.Length + (long)replacement.Length);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + length));
    }
}
