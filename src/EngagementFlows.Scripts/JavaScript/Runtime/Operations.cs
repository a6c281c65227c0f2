using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Conversions and comparisons, named after the specification's abstract operations (ECMA-262 §7.1, §7.2).</summary>
internal static class Operations
{
    /// <summary>ToBoolean (§7.1.2).</summary>
    public static bool ToBoolean(Value value) => value.Kind switch
    {
        Kind.Boolean => value.IsTrue,
        Kind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        Kind.String => value.TextLength > 0,
        Kind.Undefined or Kind.Null or Kind.Empty => false,
        _ => true,
    };

    /// <summary>ToNumber (§7.1.4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToNumber(Realm realm, Value value) => value.IsNumber ? value.Number : ToNumberSlow(realm, value);

    /// <summary>ToIntegerOrInfinity (§7.1.5).</summary>
    public static double ToInteger(Realm realm, Value value)
    {
        double number = ToNumber(realm, value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0d;
    }

    /// <summary>ToInt32 (§7.1.6).</summary>
    public static int ToInt32(Realm realm, Value value) => ToInt32(ToNumber(realm, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(double number)
    {
        int fast = (int)number;
        return fast == number ? fast : ToInt32Slow(number);
    }

    public static uint ToUint32(Realm realm, Value value) => (uint)ToInt32(ToNumber(realm, value));

    /// <summary>ToLength (§7.1.20).</summary>
    public static long ToLength(Realm realm, Value value)
    {
        double length = ToInteger(realm, value);
        return length <= 0 ? 0 : (long)Math.Min(length, 9007199254740991d);
    }

    /// <summary>Turns a relative index of slice and its like into an absolute one.</summary>
    public static long RelativeIndex(Realm realm, Value value, long length, long whenUndefined)
    {
        if (value.IsUndefined)
            return whenUndefined;
        double index = ToInteger(realm, value);
        return index < 0 ? (long)Math.Max(length + index, 0) : (long)Math.Min(index, length);
    }

    /// <summary>ToString (§7.1.17).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string ToString(Realm realm, Value value) => value.IsString ? value.Text : ToStringSlow(realm, value);

    /// <summary>ToPropertyKey (§7.1.19).</summary>
    public static PropertyKey ToPropertyKey(Realm realm, Value value)
    {
        switch (value.Kind)
        {
            case Kind.String: return value.Text;
            case Kind.Symbol: return value.Symbol;
            case Kind.Number: return NumberText.Of(value.Number);
            default:
                Value primitive = ToPrimitive(realm, value, "string");
                return primitive.IsSymbol ? primitive.Symbol : ToString(realm, primitive);
        }
    }

    /// <summary>ToPrimitive (§7.1.1); <paramref name="hint"/> is <c>default</c>, <c>number</c> or <c>string</c>.</summary>
    public static Value ToPrimitive(Realm realm, Value value, string hint = "default")
    {
        if (!value.IsObject)
            return value;
        JsObject o = value.Object;
        Value exotic = o.Get(realm, Symbol.ToPrimitive);
        if (!exotic.IsNullish)
        {
            Value result = realm.Call(exotic, value, [hint]);
            return result.IsObject ? throw realm.TypeError("Cannot convert object to primitive value.") : result;
        }

        string first = hint == "string" ? Names.ToStringName : Names.ValueOf;
        string second = hint == "string" ? Names.ValueOf : Names.ToStringName;
        foreach (string name in (ReadOnlySpan<string>)[first, second])
        {
            if (o.Get(realm, name).As<JsFunction>() is not { } method)
                continue;
            Value result = method.Call(realm, value, []);
            if (!result.IsObject)
                return result;
        }

        throw realm.TypeError("Cannot convert object to primitive value.");
    }

    /// <summary>ToObject (§7.1.18).</summary>
    public static JsObject ToObject(Realm realm, Value value)
    {
        switch (value.Kind)
        {
            case Kind.Object:
                return value.Object;
            case Kind.Undefined or Kind.Null or Kind.Empty:
                throw realm.TypeError("Cannot convert undefined or null to object.");
            default:
                realm.Allocate(72);
                return value.IsString ? new JsStringObject(value.Text) : new JsPrimitiveObject(value, realm.PrototypeOf(value));
        }
    }

    /// <summary>IsStrictlyEqual (§7.2.16).</summary>
    public static bool StrictEquals(Value left, Value right)
    {
        if (left.IsNumber)
            return right.IsNumber && left.Number == right.Number;
        if (left.IsString)
            return right.IsString && TextEquals(left, right);
        return left.SameBits(right);
    }

    /// <summary>IsLooselyEqual (§7.2.15).</summary>
    public static bool LooseEquals(Realm realm, Value left, Value right)
    {
        while (true)
        {
            Kind l = left.Kind;
            Kind r = right.Kind;
            if (l == r)
                return StrictEquals(left, right);
            if (left.IsNullish && right.IsNullish)
                return true;
            if (left.IsNullish || right.IsNullish)
                return false;
            if (l == Kind.Boolean)
                left = left.IsTrue ? 1 : 0;
            else if (r == Kind.Boolean)
                right = right.IsTrue ? 1 : 0;
            else if (l == Kind.Object)
                left = ToPrimitive(realm, left);
            else if (r == Kind.Object)
                right = ToPrimitive(realm, right);
            else if (l == Kind.Number && r == Kind.String)
                right = NumberText.Parse(right.Text);
            else if (l == Kind.String && r == Kind.Number)
                left = NumberText.Parse(left.Text);
            else
                return false;
        }
    }

    /// <summary>SameValue (§7.2.10).</summary>
    public static bool SameValue(Value left, Value right) => left.IsNumber && right.IsNumber
        ? left.Number.Equals(right.Number) && (left.Number != 0 || double.IsNegative(left.Number) == double.IsNegative(right.Number))
        : StrictEquals(left, right);

    /// <summary>SameValueZero (§7.2.11).</summary>
    public static bool SameValueZero(Value left, Value right) => StrictEquals(left, right)
        || (left.IsNumber && right.IsNumber && double.IsNaN(left.Number) && double.IsNaN(right.Number));

    /// <summary>IsLessThan (§7.2.13): true, false, or <see langword="null"/> where a NaN leaves it undefined.</summary>
    public static bool? LessThan(Realm realm, Value left, Value right, bool leftFirst)
    {
        Value l, r;
        if (leftFirst)
        {
            l = ToPrimitive(realm, left, "number");
            r = ToPrimitive(realm, right, "number");
        }
        else
        {
            r = ToPrimitive(realm, right, "number");
            l = ToPrimitive(realm, left, "number");
        }

        if (l.IsString && r.IsString)
        {
            realm.Charge(Math.Min(l.TextLength, r.TextLength) >> 6);
            return string.CompareOrdinal(l.Text, r.Text) < 0;
        }

        double x = ToNumber(realm, l);
        double y = ToNumber(realm, r);
        return double.IsNaN(x) || double.IsNaN(y) ? null : x < y;
    }

    /// <summary>The type in the sense of <c>typeof</c> (§13.5.3).</summary>
    public static string TypeOf(Value value) => value.Kind switch
    {
        Kind.Undefined or Kind.Empty => "undefined",
        Kind.Null => "object",
        Kind.Boolean => "boolean",
        Kind.Number => "number",
        Kind.String => "string",
        Kind.Symbol => "symbol",
        _ => value.Object.IsCallable ? "function" : "object",
    };

    /// <summary>The <c>+</c> of anything but two numbers (§13.15.3).</summary>
    public static Value Add(Realm realm, Value left, Value right)
    {
        Value l = ToPrimitive(realm, left);
        Value r = ToPrimitive(realm, right);
        if (!l.IsString && !r.IsString)
            return ToNumber(realm, l) + ToNumber(realm, r);
        if (!l.IsString)
            l = ToString(realm, l);
        if (!r.IsString)
            r = ToString(realm, r);
        return Concat(realm, l, r);
    }

    public static Value Concat(Realm realm, Value left, Value right)
    {
        int length = left.TextLength + right.TextLength;
        if (length > realm.Limits.StringLength)
            throw realm.LimitReached(LimitKind.StringLength);
        if (left.TextLength == 0)
            return right;
        if (right.TextLength == 0)
            return left;
        if (length < Rope.Threshold)
        {
            realm.Allocate(24 + (2 * length));
            return string.Concat(left.Text, right.Text);
        }

        realm.Allocate(64);
        return new Value(new Rope(realm, left, right));
    }

    private static bool TextEquals(Value left, Value right) => left.TextLength == right.TextLength && left.Text == right.Text;

    private static double ToNumberSlow(Realm realm, Value value) => value.Kind switch
    {
        Kind.Undefined => double.NaN,
        Kind.Null => 0,
        Kind.Boolean => value.IsTrue ? 1 : 0,
        Kind.String => ParseCharged(realm, value.Text),
        Kind.Symbol => throw realm.TypeError("Cannot convert a Symbol value to a number."),
        Kind.Object => ToNumber(realm, ToPrimitive(realm, value, "number")),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a value of kind '{value.Kind}' escaped."),
    };

    private static double ParseCharged(Realm realm, string text)
    {
        realm.Charge(text.Length >> 2);
        return NumberText.Parse(text);
    }

    private static string ToStringSlow(Realm realm, Value value)
    {
        switch (value.Kind)
        {
            case Kind.Undefined: return "undefined";
            case Kind.Null: return "null";
            case Kind.Boolean: return value.IsTrue ? "true" : "false";
            case Kind.Number:
                realm.Allocate(32);
                return NumberText.Of(value.Number);
            case Kind.Symbol: throw realm.TypeError("Cannot convert a Symbol value to a string.");
            case Kind.Object: return ToString(realm, ToPrimitive(realm, value, "string"));
            default: throw new InvalidOperationException($"EngagementFlows bug: a value of kind '{value.Kind}' escaped.");
        }
    }

    private static int ToInt32Slow(double number)
    {
        if (!double.IsFinite(number))
            return 0;
        double wrapped = Math.IEEERemainder(Math.Truncate(number), 4294967296d);
        return (int)(uint)(long)wrapped;
    }
}
