using System.Numerics;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Math (ECMA-262 §21.3); <c>random</c> is seeded by the caller.</summary>
internal static class MathIntrinsics
{
    public static void Define(Intrinsics i, Builder b)
    {
        JsObject math = b.Object();
        i.Global("Math", math);
        b.Tag(math, "Math");
        b.Constant(math, "PI", Math.PI);
        b.Constant(math, "E", Math.E);
        b.Constant(math, "LN2", 0.6931471805599453);
        b.Constant(math, "LN10", 2.302585092994046);
        b.Constant(math, "LOG2E", 1.4426950408889634);
        b.Constant(math, "LOG10E", 0.4342944819032518);
        b.Constant(math, "SQRT2", 1.4142135623730951);
        b.Constant(math, "SQRT1_2", 0.7071067811865476);
        DefineOne(math, b);
        DefineMany(math, b);
        b.Method(math, "random", 0, (realm, _, _) => realm.NextRandom());
    }

    private static void DefineOne(JsObject math, Builder b)
    {
        void One(string name, Func<double, double> function) =>
            b.Method(math, name, 1, (realm, _, a) => function(Operations.ToNumber(realm, a.At(0))));

        One("abs", Math.Abs);
        One("acos", Math.Acos);
        One("acosh", Math.Acosh);
        One("asin", Math.Asin);
        One("asinh", x => x == 0 || double.IsInfinity(x) ? x : Math.Asinh(x));
        One("atan", Math.Atan);
        One("atanh", x => x == 0 ? x : Math.Atanh(x));
        One("cbrt", CubeRoot);
        One("ceil", Math.Ceiling);
        One("cos", Math.Cos);
        One("cosh", Math.Cosh);
        One("exp", Math.Exp);
        One("expm1", ExpMinusOne);
        One("floor", Math.Floor);
        One("fround", x => (double)(float)x);
        One("log", Math.Log);
        One("log1p", LogPlusOne);
        One("log10", Math.Log10);
        One("log2", LogTwo);
        One("round", Round);
        One("sign", x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x));
        One("sin", Math.Sin);
        One("sinh", Math.Sinh);
        One("sqrt", Math.Sqrt);
        One("tan", Math.Tan);
        One("tanh", Math.Tanh);
        One("trunc", Math.Truncate);
    }

    private static void DefineMany(JsObject math, Builder b)
    {
        b.Method(math, "atan2", 2, (realm, _, a) =>
        {
            double y = Operations.ToNumber(realm, a.At(0));
            return Math.Atan2(y, Operations.ToNumber(realm, a.At(1)));
        });
        b.Method(math, "pow", 2, (realm, _, a) =>
        {
            double x = Operations.ToNumber(realm, a.At(0));
            return Operators.Power(x, Operations.ToNumber(realm, a.At(1)));
        });
        b.Method(math, "imul", 2, (realm, _, a) =>
        {
            int x = Operations.ToInt32(realm, a.At(0));
            return unchecked(x * Operations.ToInt32(realm, a.At(1)));
        });
        b.Method(math, "clz32", 1, (realm, _, a) => BitOperations.LeadingZeroCount(Operations.ToUint32(realm, a.At(0))));
        b.Method(math, "max", 2, (realm, _, a) => Fold(realm, a, double.NegativeInfinity, Math.Max));
        b.Method(math, "min", 2, (realm, _, a) => Fold(realm, a, double.PositiveInfinity, Math.Min));
        b.Method(math, "hypot", 2, (realm, _, a) => Hypotenuse(realm, a));
    }

    private static double Fold(Realm realm, ReadOnlySpan<Value> a, double start, Func<double, double, double> pick)
    {
        double result = start;
        foreach (Value value in a)
        {
            realm.Charge(1);
            result = pick(result, Operations.ToNumber(realm, value));
        }

        return result;
    }

    private static double Hypotenuse(Realm realm, ReadOnlySpan<Value> a)
    {
        double largest = 0;
        bool isNaN = false;
        bool isInfinite = false;
        double[] numbers = new double[a.Length];
        for (int n = 0; n < numbers.Length; n++)
        {
            numbers[n] = Math.Abs(Operations.ToNumber(realm, a[n]));
            isNaN |= double.IsNaN(numbers[n]);
            isInfinite |= double.IsInfinity(numbers[n]);
            largest = Math.Max(largest, numbers[n]);
        }

        if (isInfinite)
            return double.PositiveInfinity;
        if (isNaN)
            return double.NaN;
        if (largest == 0)
            return 0;
        double sum = 0;
        double compensation = 0;
        foreach (double number in numbers)
        {
            double scaled = number / largest;
            double term = (scaled * scaled) - compensation;
            double next = sum + term;
            compensation = next - sum - term;
            sum = next;
        }

        return Math.Sqrt(sum) * largest;
    }

    private static double Round(double x)
    {
        if (!double.IsFinite(x) || Math.Abs(x) >= 4503599627370496)
            return x;
        double floor = Math.Floor(x);
        double rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && double.IsNegative(x) ? -0d : rounded;
    }

    // The C library misses exact cubes by a bit.
    private static double CubeRoot(double x)
    {
        double root = Math.Cbrt(x);
        double whole = Math.Round(root);
        return whole * whole * whole == x && whole != 0 ? whole : root;
    }

    private static double LogTwo(double x)
    {
        double log = Math.Log2(x);
        double whole = Math.Round(log);
        return Math.Abs(log - whole) < 1e-12 && Math.Pow(2, whole) == x ? whole : log;
    }

    // Near zero the plain formulas lose all their digits; Taylor and Kahan keep them.
    private static double ExpMinusOne(double x)
    {
        if (x == 0 || !double.IsFinite(x))
            return double.IsNegativeInfinity(x) ? -1 : x;
        if (Math.Abs(x) < 1e-5)
            return x + (x * x / 2) + (x * x * x / 6);
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double minusOne = u - 1;
        return minusOne == -1 || !double.IsFinite(u) ? minusOne : minusOne * x / Math.Log(u);
    }

    private static double LogPlusOne(double x)
    {
        if (x == 0 || double.IsPositiveInfinity(x))
            return x;
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}

internal sealed partial class Realm
{
    private UInt128 _random;
    private bool _isSeeded;

    /// <summary>The next number of SplitMix64 over the caller's seed, in [0, 1).</summary>
    public double NextRandom()
    {
        if (!_isSeeded)
        {
            _random = Context.Seed;
            _isSeeded = true;
        }

        ulong low = Mix((ulong)(_random += 0x9e3779b97f4a7c15));
        ulong bits = Mix(low ^ (ulong)(_random >> 64));
        return (bits >> 11) * (1.0 / (1UL << 53));

        static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}
