using System.Globalization;
using System.Text;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>A value as JSON, as ECMA-262 §25.5.2 writes it.</summary>
internal static class JsonText
{
    /// <param name="value">A value of the language.</param>
    /// <param name="indent">Blanks per level; 0 for one line.</param>
    /// <param name="state">Whose budgets pay.</param>
    public static string Of(object? value, int indent, RenderState state)
    {
        StringBuilder json = new();
        Append(value, indent, 0, json, state);
        return json.ToString();
    }

    private static void Append(object? value, int indent, int depth, StringBuilder json, RenderState state)
    {
        state.Step();
        state.SpendBytes(0);
        if (depth > state.Context.Limits.Nesting)
            throw state.Fault("Nesting", $"A value nests deeper than {state.Context.Limits.Nesting}, which is the limit.");
        switch (LiquidValue.ToPlain(value, state))
        {
            case null:
                json.Append("null");
                break;
            case PlainList list:
                AppendList(list, indent, depth, json, state);
                break;
            case PlainObject map:
                AppendObject(map, indent, depth, json, state);
                break;
            case double number when !double.IsFinite(number):
                json.Append("null");
                break;
            case bool or long or double or decimal:
                json.Append(LiquidValue.ToText(value, state));
                break;
            case DateTimeOffset instant:
                AppendText(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal), json, state);
                break;
            default:
                AppendText(LiquidValue.ToText(value, state), json, state);
                break;
        }
    }

    private static void AppendList(PlainList list, int indent, int depth, StringBuilder json, RenderState state)
    {
        json.Append('[');
        for (int i = 0; i < list.Count; i++)
        {
            BreakLine(i, indent, depth + 1, json);
            Append(list[i], indent, depth + 1, json, state);
        }

        if (list.Count > 0)
            BreakLine(0, indent, depth, json);
        json.Append(']');
    }

    private static void AppendObject(PlainObject map, int indent, int depth, StringBuilder json, RenderState state)
    {
        json.Append('{');
        int i = 0;
        foreach ((string name, object? member) in map)
        {
            BreakLine(i++, indent, depth + 1, json);
            AppendText(name, json, state);
            json.Append(indent > 0 ? ": " : ":");
            Append(member, indent, depth + 1, json, state);
        }

        if (i > 0)
            BreakLine(0, indent, depth, json);
        json.Append('}');
    }

    private static void BreakLine(int index, int indent, int depth, StringBuilder json)
    {
        if (index > 0)
            json.Append(',');
        if (indent > 0)
            json.Append('\n').Append(' ', indent * depth);
    }

    private static void AppendText(string text, StringBuilder json, RenderState state)
    {
        state.NewText(text.Length);
        if (json.Length + (long)text.Length > state.Context.Limits.StringLength)
            state.NewText(json.Length + (long)text.Length);
        json.Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    json.Append("\\\"");
                    break;
                case '\\':
                    json.Append("\\\\");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case < ' ':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}
