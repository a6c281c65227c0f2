using System.Globalization;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>Arithmetic on the three kinds of plain numbers, decimal where it can be, so that 1.1 and 2.2 make 3.3.</summary>
internal static class LiquidNumber
{
    public static bool IsNumber(object? value) => value is long or double or decimal;

    /// <summary>Reads a number out of any value: numbers, texts that are numbers; anything else counts as 0.</summary>
    public static object ToNumber(object? value) => LiquidValue.Unwrap(value) switch
    {
        long or double or decimal => value!,
        string text => Parse(text) ?? 0L,
        _ => 0L,
    };

    /// <summary>Reads a number as people write it, or returns <see langword="null"/>.</summary>
    public static object? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long whole))
            return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>Reads a whole number out of any value; fractions are cut off.</summary>
    public static bool TryToLong(object? value, out long number)
    {
        switch (ToNumber(value))
        {
            case long whole:
                number = whole;
                return true;
            case double real when Math.Abs(real) < 9.2e18:
                number = (long)real;
                return true;
            case decimal exact when Math.Abs(exact) < 9.2e18m:
                number = (long)exact;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    public static double ToDouble(object number) => number switch
    {
        long whole => whole,
        decimal exact => (double)exact,
        _ => (double)number,
    };

    public static int Compare(object left, object right)
    {
        if (left is long a && right is long b)
            return a.CompareTo(b);
        if (TryToDecimal(left, out decimal x) && TryToDecimal(right, out decimal y))
            return x.CompareTo(y);
        double p = ToDouble(left);
        double q = ToDouble(right);
        // NaN equals nothing, not even itself.
        return p == q ? 0 : p > q ? 1 : -1;
    }

    /// <summary>Applies an operation exactly if the decimal range holds, else on doubles.</summary>
    public static object Apply(object left, object right, Func<decimal, decimal, decimal> exact, Func<double, double, double> approximate)
    {
        if (TryToDecimal(left, out decimal x) && TryToDecimal(right, out decimal y))
        {
            try
            {
                return Fit(exact(x, y), left, right);
            }
            catch (OverflowException)
            {
                // Beyond 7.9e28: doubles still have an answer.
            }
        }

        return approximate(ToDouble(left), ToDouble(right));
    }

    /// <summary>Gives a number without a fraction as a whole number if it fits one.</summary>
    public static object Whole(object number, Func<decimal, decimal> exact, Func<double, double> approximate)
    {
        if (number is long)
            return number;
        if (TryToDecimal(number, out decimal value))
        {
            decimal whole = exact(value);
            return Math.Abs(whole) <= long.MaxValue ? (object)(long)whole : whole;
        }

        return approximate((double)number);
    }

    /// <summary>Makes a decimal of a number, as it prints; fails for those beyond its range and for doubles too small for its digits.</summary>
    public static bool TryToDecimal(object number, out decimal value)
    {
        switch (number)
        {
            case long whole:
                value = whole;
                return true;
            case decimal exact:
                value = exact;
                return true;
            case double real when double.IsFinite(real) && Math.Abs(real) < 1e28 && (real == 0 || Math.Abs(real) > 1e-12):
                return decimal.TryParse(real.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>Prints a double as ECMA-262 §6.1.6.1.20 does: the shortest digits that read back, plain between 1e-6 and 1e21.</summary>
    public static string ToText(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0)
            return "0";
        double magnitude = Math.Abs(number);
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        int at = text.IndexOf('E', StringComparison.Ordinal);
        if (at < 0)
            return text;
        if (magnitude is >= 1e-6 and < 1e21)
            return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text.AsSpan(0, at)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }

    /// <summary>Prints a decimal without the zeros at the end of its fraction.</summary>
    public static string ToText(decimal number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    // Two whole numbers make a whole one; money (decimal) stays money; the rest are doubles, which print without a tail of digits.
    private static object Fit(decimal result, object left, object right)
    {
        if (left is decimal || right is decimal)
            return result;
        if (left is long && right is long && result == decimal.Truncate(result) && Math.Abs(result) <= long.MaxValue)
            return decimal.ToInt64(result);
        return decimal.ToDouble(result);
    }
}
