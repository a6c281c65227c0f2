using System.Globalization;
using System.Text;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Writes an instant by the directives of strftime, with the flags <c>-</c>, <c>0</c>, <c>_</c>, <c>^</c>, <c>#</c>, <c>:</c> and a width.</summary>
internal static class Strftime
{
    private const int WidestField = 256;

    public static string Format(DateTimeOffset instant, string format, RenderState state)
    {
        StringBuilder text = new(format.Length * 2);
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                text.Append(format[at]);
                continue;
            }

            state.SpendBytes(0);
            int from = at++;
            Field field = ReadFlags(format, ref at);
            if (at < format.Length && Value(instant, format[at], field, state) is { } value)
                text.Append(field.Apply(value, format[at]));
            else
                text.Append(format, from, Math.Min(at + 1, format.Length) - from);
            if (text.Length > state.Context.Limits.StringLength)
                state.NewText(text.Length);
        }

        return text.ToString();
    }

    private static Field ReadFlags(string format, ref int at)
    {
        Field field = default;
        for (; at < format.Length && format[at] is '-' or '0' or '_' or '^' or '#' or ':'; at++)
        {
            if (format[at] == ':')
                field.Colons++;
            else if (format[at] is '^' or '#')
                field.Case = format[at];
            else
                field.Padding = format[at];
        }

        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++)
            field.Width = Math.Min(WidestField, (field.Width * 10) + format[at] - '0');
        return field;
    }

    private static string? Value(DateTimeOffset t, char directive, Field field, RenderState state)
    {
        DateNames names = DateNames.Of(state.Context.Culture);
        int hour12 = t.Hour % 12 == 0 ? 12 : t.Hour % 12;
        return directive switch
        {
            'a' => names.ShortDays[(int)t.DayOfWeek],
            'A' => names.Days[(int)t.DayOfWeek],
            'b' or 'h' => names.ShortMonths[t.Month - 1],
            'B' => names.Months[t.Month - 1],
            'c' => Format(t, "%a %b %e %H:%M:%S %Y", state),
            'C' => Number(t.Year / 100),
            'd' or 'e' => Number(t.Day),
            'D' or 'x' => Format(t, "%m/%d/%y", state),
            'F' => Format(t, "%Y-%m-%d", state),
            'g' => Number(ISOWeek.GetYear(t.DateTime) % 100),
            'G' => Number(ISOWeek.GetYear(t.DateTime)),
            'H' or 'k' => Number(t.Hour),
            'I' or 'l' => Number(hour12),
            'j' => Number(t.DayOfYear),
            'L' => Fraction(t, field.Width == 0 ? 3 : field.Width),
            'm' => Number(t.Month),
            'M' => Number(t.Minute),
            'n' => "\n",
            'N' => Fraction(t, field.Width == 0 ? 9 : field.Width),
            'p' => names.HalfDays[t.Hour / 12],
            'P' => names.HalfDays[t.Hour / 12].ToLowerInvariant(),
            'q' => Ordinal(t.Day),
            'Q' => Number(t.ToUnixTimeMilliseconds()),
            'r' => Format(t, "%I:%M:%S %p", state),
            'R' => Format(t, "%H:%M", state),
            's' => Number(t.ToUnixTimeSeconds()),
            'S' => Number(t.Second),
            't' => "\t",
            'T' or 'X' => Format(t, "%H:%M:%S", state),
            'u' => Number(t.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)t.DayOfWeek),
            'U' => Number((t.DayOfYear + 6 - (int)t.DayOfWeek) / 7),
            'v' => Format(t, "%e-%^b-%Y", state),
            'V' => Number(ISOWeek.GetWeekOfYear(t.DateTime)),
            'w' => Number((int)t.DayOfWeek),
            'W' => Number((t.DayOfYear + 6 - (((int)t.DayOfWeek + 6) % 7)) / 7),
            'y' => Number(t.Year % 100),
            'Y' => Number(t.Year),
            'z' => Offset(t.Offset, field.Colons),
            'Z' => t.Offset == TimeSpan.Zero ? "UTC" : Offset(t.Offset, 1),
            '%' => "%",
            _ => null,
        };
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Fraction(DateTimeOffset t, int digits)
    {
        string all = (t.Ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture);
        return digits <= all.Length ? all[..digits] : all.PadRight(digits, '0');
    }

    private static string Ordinal(int day) => (day % 10, day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };

    private static string Offset(TimeSpan offset, int colons)
    {
        string sign = offset < TimeSpan.Zero ? "-" : "+";
        string format = colons switch
        {
            0 => "hhmm",
            1 => "hh\\:mm",
            _ => "hh\\:mm\\:ss",
        };
        return sign + offset.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>What stands between the percent sign and the directive.</summary>
    private struct Field
    {
        public char Padding;
        public char Case;
        public int Width;
        public int Colons;

        public readonly string Apply(string value, char directive)
        {
            if (Case == '^')
                value = value.ToUpperInvariant();
            else if (Case == '#')
                value = directive == 'p' ? value.ToLowerInvariant() : value.ToUpperInvariant();
            if (Padding == '-')
                return value;
            char padding = Padding switch
            {
                '0' => '0',
                '_' => ' ',
                _ => directive is 'e' or 'k' or 'l' || !char.IsAsciiDigit(value[^1]) ? ' ' : '0',
            };
            return value.PadLeft(Width > 0 ? Width : UsualWidth(directive), padding);
        }

        private static int UsualWidth(char directive) => directive switch
        {
            'C' or 'd' or 'e' or 'g' or 'H' or 'I' or 'k' or 'l' or 'm' or 'M' or 'S' or 'U' or 'V' or 'W' or 'y' => 2,
            'j' => 3,
            'G' or 'Y' => 4,
            _ => 0,
        };
    }
}
