using System.Numerics;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Number (ECMA-262 §21.1).</summary>
internal static class NumberIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsPrimitiveObject prototype = new(Value.Zero, i.ObjectPrototype);
        b.Remember(prototype);
        BuiltinFunction constructor = b.Constructor("Number", 1, prototype, (realm, _, a) => a.Length == 0 ? 0 : Operations.ToNumber(realm, a[0]), (realm, a, newTarget) =>
        {
            Value number = a.Length == 0 ? 0 : Operations.ToNumber(realm, a[0]);
            realm.Allocate(72);
            return new JsPrimitiveObject(number, realm.PrototypeFrom(newTarget, realm.Intrinsics.NumberPrototype));
        });
        b.Constant(constructor, "MAX_SAFE_INTEGER", 9007199254740991d);
        b.Constant(constructor, "MIN_SAFE_INTEGER", -9007199254740991d);
        b.Constant(constructor, "MAX_VALUE", double.MaxValue);
        b.Constant(constructor, "MIN_VALUE", double.Epsilon);
        b.Constant(constructor, "EPSILON", Math.Pow(2, -52));
        b.Constant(constructor, "POSITIVE_INFINITY", double.PositiveInfinity);
        b.Constant(constructor, "NEGATIVE_INFINITY", double.NegativeInfinity);
        b.Constant(constructor, "NaN", double.NaN);
        b.Method(constructor, "isFinite", 1, (_, _, a) => a.At(0).IsNumber && double.IsFinite(a[0].Number));
        b.Method(constructor, "isNaN", 1, (_, _, a) => a.At(0).IsNumber && double.IsNaN(a[0].Number));
        b.Method(constructor, "isInteger", 1, (_, _, a) => IsInteger(a.At(0)));
        b.Method(constructor, "isSafeInteger", 1, (_, _, a) => IsInteger(a.At(0)) && Math.Abs(a[0].Number) <= 9007199254740991);
        constructor.DefineRaw("parseFloat", GlobalFunctions.ParseFloat(i, b), PropertyFlags.Hidden);
        constructor.DefineRaw("parseInt", GlobalFunctions.ParseInt(i, b), PropertyFlags.Hidden);
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => ThisNumber(realm, self));
        b.Method(prototype, Names.ToStringName, 1, (realm, self, a) =>
        {
            double number = ThisNumber(realm, self);
            double radix = a.At(0).IsUndefined ? 10 : Operations.ToInteger(realm, a[0]);
            if (radix is < 2 or > 36)
                throw realm.RangeError("toString() radix must be between 2 and 36.");
            if (radix == 10)
                return NumberText.Of(number);
            ChargeDigits(realm, number, 0);
            return NumberFormats.ToRadix(number, (int)radix);
        });
        b.Method(prototype, "toLocaleString", 0, (realm, self, a) => IntlFormats.FormatNumber(realm, ThisNumber(realm, self), a.At(0), a.At(1)));
        b.Method(prototype, "toFixed", 1, (realm, self, a) =>
        {
            double number = ThisNumber(realm, self);
            double digits = Operations.ToInteger(realm, a.At(0));
            if (digits is < 0 or > 100)
                throw realm.RangeError("toFixed() digits argument must be between 0 and 100.");
            ChargeDigits(realm, 0, digits);
            return !double.IsFinite(number) || Math.Abs(number) >= 1e21 ? NumberText.Of(number) : NumberFormats.Fixed(number, (int)digits);
        });
        b.Method(prototype, "toExponential", 1, (realm, self, a) =>
        {
            double number = ThisNumber(realm, self);
            double digits = Operations.ToInteger(realm, a.At(0));
            if (!double.IsFinite(number))
                return NumberText.Of(number);
            if (digits is < 0 or > 100)
                throw realm.RangeError("toExponential() argument must be between 0 and 100.");
            ChargeDigits(realm, number, digits);
            return NumberFormats.Exponential(number, a.At(0).IsUndefined ? null : (int)digits);
        });
        b.Method(prototype, "toPrecision", 1, (realm, self, a) =>
        {
            double number = ThisNumber(realm, self);
            if (a.At(0).IsUndefined)
                return NumberText.Of(number);
            double precision = Operations.ToInteger(realm, a[0]);
            if (!double.IsFinite(number))
                return NumberText.Of(number);
            if (precision is < 1 or > 100)
                throw realm.RangeError("toPrecision() argument must be between 1 and 100.");
            ChargeDigits(realm, number, precision);
            return NumberFormats.Precision(number, (int)precision);
        });
        return prototype;
    }

    /// <summary>Exact digits of very large and very small numbers are dear.</summary>
    private static void ChargeDigits(Realm realm, double number, double digits) =>
        realm.Charge(4 + (long)digits + (number == 0 || !double.IsFinite(number) ? 0 : Math.Abs(Math.ILogB(number)) * 2L));

    private static bool IsInteger(Value value) => value.IsNumber && double.IsFinite(value.Number) && Math.Truncate(value.Number) == value.Number;

    private static double ThisNumber(Realm realm, Value self)
    {
        if (self.IsNumber)
            return self.Number;
        return self.As<JsPrimitiveObject>() is { Value.IsNumber: true } o
            ? o.Value.Number
            : throw realm.TypeError("Number.prototype.valueOf requires that 'this' be a Number.");
    }
}

/// <summary>Numbers with a wanted count of digits, exactly rounded (ECMA-262 §21.1.3).</summary>
internal static class NumberFormats
{
    public static string Fixed(double number, int digits)
    {
        string sign = number < 0 ? "-" : string.Empty;
        string all = Scaled(Math.Abs(number), digits).ToString().PadLeft(digits + 1, '0');
        return digits == 0 ? sign + all : $"{sign}{all.AsSpan(0, all.Length - digits)}.{all.AsSpan(all.Length - digits)}";
    }

    public static string Exponential(double number, int? digits)
    {
        string sign = number < 0 ? "-" : string.Empty;
        double value = Math.Abs(number);
        string text;
        int exponent;
        if (value == 0)
        {
            text = new string('0', (digits ?? 0) + 1);
            exponent = 0;
        }
        else if (digits is { } count)
        {
            (text, exponent) = Rounded(value, count + 1);
        }
        else
        {
            NumberText.Digits(value, out text, out int point);
            exponent = point - 1;
        }

        string mantissa = text.Length > 1 ? $"{text[0]}.{text.AsSpan(1)}" : text;
        return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }

    public static string Precision(double number, int precision)
    {
        string sign = number < 0 ? "-" : string.Empty;
        double value = Math.Abs(number);
        (string digits, int exponent) = value == 0 ? (new string('0', precision), 0) : Rounded(value, precision);
        if (exponent < -6 || exponent >= precision)
        {
            string mantissa = precision > 1 ? $"{digits[0]}.{digits.AsSpan(1)}" : digits;
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
        }

        if (exponent == precision - 1)
            return sign + digits;
        return exponent >= 0
            ? $"{sign}{digits.AsSpan(0, exponent + 1)}.{digits.AsSpan(exponent + 1)}"
            : $"{sign}0.{new string('0', -exponent - 1)}{digits}";
    }

    /// <summary>The integer nearest to value × 10^digits; of two the larger.</summary>
    public static BigInteger Scaled(double value, int digits)
    {
        (BigInteger numerator, BigInteger denominator) = Fraction(value);
        if (digits >= 0)
            numerator *= BigInteger.Pow(10, digits);
        else
            denominator *= BigInteger.Pow(10, -digits);
        return ((2 * numerator) + denominator) / (2 * denominator);
    }

    /// <summary>Digits of <paramref name="count"/> figures and the exponent of the first.</summary>
    private static (string Digits, int Exponent) Rounded(double value, int count)
    {
        NumberText.Digits(value, out _, out int point);
        int exponent = point - 1;
        BigInteger scaled = Scaled(value, count - 1 - exponent);
        string digits = scaled.ToString();
        if (digits.Length <= count)
            return (digits, exponent);
        return (digits[..count], exponent + 1);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7ff);
        long mantissa = bits & 0xfffffffffffff;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        return exponent >= 0 ? (new BigInteger(mantissa) << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }

    /// <summary>Number::toString for radixes other than 10: as many digits as tell the number from its neighbours.</summary>
    public static string ToRadix(double value, int radix)
    {
        if (!double.IsFinite(value))
            return NumberText.Of(value);
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        double absolute = Math.Abs(value);
        double integer = Math.Floor(absolute);
        double fraction = absolute - integer;
        double delta = Math.Max(0.5 * (Math.BitIncrement(absolute) - absolute), double.Epsilon);
        List<char> after = [];
        if (fraction >= delta)
        {
            do
            {
                fraction *= radix;
                delta *= radix;
                int digit = (int)fraction;
                after.Add(Digits[digit]);
                fraction -= digit;
                if (fraction > 0.5 || (fraction == 0.5 && (digit & 1) == 1))
                {
                    if (fraction + delta > 1)
                    {
                        integer += RoundUp(after, radix);
                        break;
                    }
                }
            }
            while (fraction >= delta);
        }

        List<char> before = [];
        BigInteger rest = new(integer);
        do
        {
            rest = BigInteger.DivRem(rest, radix, out BigInteger digit);
            before.Add(Digits[(int)digit]);
        }
        while (!rest.IsZero);
        before.Reverse();
        string text = string.Concat(before) + (after.Count > 0 ? "." + string.Concat(after) : string.Empty);
        return value < 0 ? "-" + text : text;
    }

    /// <summary>Adds one to the last digit; returns what is carried into the integer.</summary>
    private static int RoundUp(List<char> digits, int radix)
    {
        while (digits.Count > 0)
        {
            int digit = NumberText.DigitOf(digits[^1]) + 1;
            if (digit < radix)
            {
                digits[^1] = "0123456789abcdefghijklmnopqrstuvwxyz"[digit];
                return 0;
            }

            digits.RemoveAt(digits.Count - 1);
        }

        return 1;
    }
}
