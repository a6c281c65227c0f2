using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Numbers to and from text as ECMAScript writes them.</summary>
internal static class NumberText
{
    private static readonly string[] s_small = MakeSmall();

    public static string OfInteger(long value) => (ulong)value < (ulong)s_small.Length ? s_small[value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Number::toString for radix 10 (ECMA-262 §6.1.6.1.20): the shortest digits that read back as the same number.</summary>
    public static string Of(double value)
    {
        long integer = (long)value;
        if (integer == value && integer is > -1_000_000_000_000_000 and < 1_000_000_000_000_000)
            return OfInteger(integer);
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        Digits(Math.Abs(value), out string digits, out int point);
        string text = Place(digits, point);
        return value < 0 ? "-" + text : text;
    }

    /// <summary>Gives the shortest digits s and the place n of the decimal point, so that value = 0.s × 10ⁿ.</summary>
    public static void Digits(double value, out string digits, out int point)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentMark = shortest.IndexOf('E', StringComparison.Ordinal);
        ReadOnlySpan<char> mantissa = exponentMark < 0 ? shortest : shortest.AsSpan(0, exponentMark);
        int dot = mantissa.IndexOf('.');
        string all = dot < 0 ? mantissa.ToString() : string.Concat(mantissa[..dot], mantissa[(dot + 1)..]);
        digits = all.TrimStart('0').TrimEnd('0');
        if (exponentMark < 0)
        {
            int leadingZeros = all.Length - all.TrimStart('0').Length;
            point = (dot < 0 ? mantissa.Length : dot) - leadingZeros;
        }
        else
        {
            point = int.Parse(shortest.AsSpan(exponentMark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + (dot < 0 ? mantissa.Length : dot);
        }
    }

    /// <summary>StringToNumber (ECMA-262 §7.1.4.1.1).</summary>
    public static double Parse(string text)
    {
        ReadOnlySpan<char> trimmed = Characters.Trim(text);
        if (trimmed.IsEmpty)
            return 0;
        if (trimmed.Length > 2 && trimmed[0] == '0' && RadixOf(trimmed[1]) is var radix and > 0)
            return ParseRadix(trimmed[2..], radix, out int used) is var number && used == trimmed.Length - 2 ? number : double.NaN;
        int length = DecimalLength(trimmed);
        return length == trimmed.Length ? ParseDecimal(trimmed) : double.NaN;
    }

    /// <summary>Returns how many characters from the start form a decimal literal with optional sign, or 0.</summary>
    public static int DecimalLength(ReadOnlySpan<char> text)
    {
        int i = 0;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        if (text[i..].StartsWith("Infinity"))
            return i + 8;
        int digits = 0;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
            digits++;
        }

        if (i < text.Length && text[i] == '.')
        {
            int fraction = i + 1;
            while (fraction < text.Length && char.IsAsciiDigit(text[fraction]))
                fraction++;
            if (digits == 0 && fraction == i + 1)
                return 0;
            digits += fraction - i - 1;
            i = fraction;
        }

        if (digits == 0)
            return 0;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            int exponent = i + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
                exponent++;
            int start = exponent;
            while (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
                exponent++;
            if (exponent > start)
                i = exponent;
        }

        return i;
    }

    public static double ParseDecimal(ReadOnlySpan<char> text)
    {
        if (text.EndsWith("Infinity"))
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads digits of a radix from 2 to 36 as far as they go.</summary>
    public static double ParseRadix(ReadOnlySpan<char> text, int radix, out int used)
    {
        double value = 0;
        used = 0;
        while (used < text.Length && DigitOf(text[used]) is var digit && digit < radix)
        {
            value = (value * radix) + digit;
            used++;
        }

        if (used == 0)
            return double.NaN;
        return value < 9007199254740992 ? value : ExactRadix(text[..used], radix);
    }

    public static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => 99,
    };

    public static int RadixOf(char mark) => mark switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    private static double ExactRadix(ReadOnlySpan<char> digits, int radix)
    {
        // More than 53 bits: exact up to 1,100 digits, beyond which every number is infinite anyway (2¹⁰²⁴).
        if (digits.TrimStart('0').Length > 1100)
            return double.PositiveInfinity;
        System.Numerics.BigInteger sum = System.Numerics.BigInteger.Zero;
        foreach (char c in digits)
            sum = (sum * radix) + DigitOf(c);
        return RoundToDouble(sum);
    }

    /// <summary>Rounds to the nearest double, ties to even; the framework's own conversion cuts instead.</summary>
    public static double RoundToDouble(System.Numerics.BigInteger value)
    {
        long bits = (long)value.GetBitLength();
        if (bits <= 53)
            return (double)value;
        int shift = (int)(bits - 54);
        System.Numerics.BigInteger head = value >> shift;
        bool rest = (head << shift) != value;
        long mantissa = (long)head;
        bool half = (mantissa & 1) == 1;
        mantissa >>= 1;
        if (half && (rest || (mantissa & 1) == 1))
            mantissa++;
        return Math.ScaleB((double)mantissa, shift + 1);
    }

    private static string Place(string digits, int point)
    {
        int count = digits.Length;
        if (point >= count && point <= 21)
            return digits.PadRight(point, '0');
        if (point is > 0 and <= 21)
            return string.Concat(digits.AsSpan(0, point), ".", digits.AsSpan(point));
        if (point is > -6 and <= 0)
            return string.Concat("0.", new string('0', -point), digits);
        int exponent = point - 1;
        string sign = exponent < 0 ? "-" : "+";
        string tail = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return count == 1 ? $"{digits}e{sign}{tail}" : $"{digits[0]}.{digits.AsSpan(1)}e{sign}{tail}";
    }

    private static string[] MakeSmall()
    {
        string[] small = new string[1024];
        for (int i = 0; i < small.Length; i++)
            small[i] = i.ToString(CultureInfo.InvariantCulture);
        return small;
    }
}
