using System.Globalization;
using System.Text;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary>Writes values as <c>JSON.stringify</c> does, so that suites can compare with other engines: ECMA-262 §25.5.2, with instants in milliseconds.</summary>
internal static class EvaluationJson
{
    public static string Write(object? value)
    {
        StringBuilder json = new();
        Append(json, value);
        return json.ToString();
    }

    private static void Append(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case string text:
                AppendText(json, text);
                break;
            case double number:
                // Minus zero prints as zero, what is no number as null.
                json.Append(!double.IsFinite(number) ? "null" : number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case long or decimal:
                json.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case DateTimeOffset instant:
                AppendText(json, instant.UtcDateTime.ToString(instant.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                AppendText(json, span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Guid id:
                AppendText(json, id.ToString("D"));
                break;
            case byte[] bytes:
                AppendText(json, Convert.ToBase64String(bytes));
                break;
            case PlainList list:
                AppendAll(json, '[', list, item => Append(json, item), ']');
                break;
            case PlainObject map:
                AppendAll(json, '{', map, member => AppendMember(json, member), '}');
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: a value of type '{value.GetType()}' is not plain.");
        }
    }

    private static void AppendAll<T>(StringBuilder json, char open, IEnumerable<T> items, Action<T> append, char close)
    {
        json.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
                json.Append(',');
            isFirst = false;
            append(item);
        }

        json.Append(close);
    }

    private static void AppendMember(StringBuilder json, KeyValuePair<string, object?> member)
    {
        AppendText(json, member.Key);
        json.Append(':');
        Append(json, member.Value);
    }

    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                json.Append(unit).Append(text[++i]);
            else if (unit < ' ' || char.IsSurrogate(unit))
                json.Append(Escape(unit));
            else if (unit is '"' or '\\')
                json.Append('\\').Append(unit);
            else
                json.Append(unit);
        }

        json.Append('"');
    }

    // A lone half of a pair is no character that UTF-8 could write.
    private static string Escape(char unit) => unit switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture),
    };
}
