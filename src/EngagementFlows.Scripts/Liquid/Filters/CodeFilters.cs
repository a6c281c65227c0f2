using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that write values in another notation and read them back, and <c>default</c>.</summary>
internal static class CodeFilters
{
    private const string KeptInUrls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    public static object? UrlEncode(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        state.NewText(text.Length);
        StringBuilder encoded = new(text.Length + 16);
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit == ' ')
                encoded.Append('+');
            else if (KeptInUrls.Contains((char)unit, StringComparison.Ordinal))
                encoded.Append((char)unit);
            else
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        state.NewText(encoded.Length);
        return encoded.ToString();
    }

    public static object? UrlDecode(object? input, FilterArguments arguments, RenderState state) =>
        Uri.UnescapeDataString(TextFilters.TextOf(input, state).Replace('+', ' '));

    public static object? Base64Encode(object? input, FilterArguments arguments, RenderState state) => Convert.ToBase64String(BytesOf(input, state));

    public static object? Base64UrlEncode(object? input, FilterArguments arguments, RenderState state) =>
        Convert.ToBase64String(BytesOf(input, state)).Replace('+', '-').Replace('/', '_');

    public static object? Base64Decode(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextFilters.TextOf(input, state);
        byte[] bytes = new byte[(text.Length * 3L / 4) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int length))
            throw NotBase64(text, state);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    public static object? Base64UrlDecode(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextFilters.TextOf(input, state);
        if (!Base64Url.IsValid(text))
            throw NotBase64(text, state);
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
    }

    public static object? Json(object? input, FilterArguments arguments, RenderState state) =>
        JsonText.Of(input, (int)Math.Clamp(arguments.Whole(0, 0, state), 0, 10), state);

    public static object? Default(object? input, FilterArguments arguments, RenderState state)
    {
        if (input is false)
            return LiquidValue.IsTrue(arguments.Named("allow_false")) ? input : arguments[0];
        return input is null || Emptiness.Empty.Covers(input) ? arguments.Count == 0 ? "" : arguments[0] : input;
    }

    private static byte[] BytesOf(object? input, RenderState state)
    {
        if (input is byte[] bytes)
        {
            state.NewText(bytes.Length * 4L / 3);
            return bytes;
        }

        string text = LiquidValue.ToText(input, state);
        state.NewText(text.Length * 4L);
        return Encoding.UTF8.GetBytes(text);
    }

    private static ScriptException NotBase64(string text, RenderState state)
    {
        string shown = text.Length <= 40 ? text : text[..40] + "…";
        return state.Fault("TypeError", $"'{shown}' is not base64.");
    }
}
