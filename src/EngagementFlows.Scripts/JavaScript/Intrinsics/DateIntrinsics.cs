namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Date (ECMA-262 §21.4); now and the zone come from the caller.</summary>
internal static class DateIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("Date", 7, prototype, (realm, _, _) => Full(realm, realm.Now), (realm, a, newTarget) =>
        {
            realm.Allocate(80);
            JsDate date = new(realm.PrototypeFrom(newTarget, prototype), Time(realm, a));
            return date;
        });
        b.Method(constructor, "now", 0, (realm, _, _) => realm.Now);
        b.Method(constructor, "parse", 1, (realm, _, a) => DateParser.Parse(realm.Zone, Operations.ToString(realm, a.At(0))));
        b.Method(constructor, "UTC", 7, (realm, _, a) => DateMath.TimeClip(FromParts(realm, a)));
        DateFieldIntrinsics.Define(prototype, b);
        DefineText(prototype, b);
        _ = i;
        return prototype;
    }

    public static JsDate Self(Realm realm, Value self) => self.As<JsDate>() ?? throw realm.TypeError("this is not a Date object.");

    private static double Time(Realm realm, ReadOnlySpan<Value> a)
    {
        if (a.Length == 0)
            return realm.Now;
        if (a.Length > 1)
            return DateMath.TimeClip(DateMath.ToUniversal(realm.Zone, FromParts(realm, a)));
        if (a[0].As<JsDate>() is { } other)
            return other.Time;
        Value value = Operations.ToPrimitive(realm, a[0]);
        return value.IsString ? DateParser.Parse(realm.Zone, value.Text) : DateMath.TimeClip(Operations.ToNumber(realm, value));
    }

    private static double FromParts(Realm realm, ReadOnlySpan<Value> a)
    {
        double year = Operations.ToNumber(realm, a.At(0));
        Span<double> parts = [0, 1, 0, 0, 0, 0];
        for (int n = 0; n < parts.Length && n + 1 < a.Length; n++)
            parts[n] = Operations.ToNumber(realm, a[n + 1]);
        double whole = Math.Truncate(year);
        if (whole is >= 0 and <= 99)
            year = 1900 + whole;
        return DateMath.MakeDate(DateMath.MakeDay(year, parts[0], parts[1]), DateMath.MakeTime(parts[2], parts[3], parts[4], parts[5]));
    }

    private static string Full(Realm realm, double time)
    {
        if (double.IsNaN(time))
            return "Invalid Date";
        return $"{DateText.Date(DateMath.FieldsOf(DateMath.ToLocal(realm.Zone, time)))} {DateText.Time(realm.Zone, time)}";
    }

    private static void DefineText(JsObject prototype, Builder b)
    {
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => Full(realm, Self(realm, self).Time));
        b.Method(prototype, "toDateString", 0, (realm, self, _) => Self(realm, self).Time is var time && double.IsNaN(time)
            ? "Invalid Date"
            : DateText.Date(DateMath.FieldsOf(DateMath.ToLocal(realm.Zone, time))));
        b.Method(prototype, "toTimeString", 0, (realm, self, _) => Self(realm, self).Time is var time && double.IsNaN(time) ? "Invalid Date" : DateText.Time(realm.Zone, time));
        b.Method(prototype, "toISOString", 0, (realm, self, _) => Self(realm, self).Time is var time && double.IsNaN(time)
            ? throw realm.RangeError("Invalid time value.")
            : DateText.ToIso(time));
        BuiltinFunction toUtc = b.Method(prototype, "toUTCString", 0, (realm, self, _) => Self(realm, self).Time is var time && double.IsNaN(time) ? "Invalid Date" : DateText.ToUtc(time));
        prototype.DefineRaw("toGMTString", toUtc, PropertyFlags.Hidden);
        b.Method(prototype, Names.ToJson, 1, (realm, self, _) =>
        {
            Value primitive = Operations.ToPrimitive(realm, Operations.ToObject(realm, self), "number");
            if (primitive.IsNumber && !double.IsFinite(primitive.Number))
                return Value.Null;
            return realm.Invoke(self, "toISOString", []);
        });
        b.Method(prototype, "toLocaleString", 0, (realm, self, a) => IntlFormats.FormatDate(realm, Self(realm, self).Time, a.At(0), a.At(1), "any", "all"));
        b.Method(prototype, "toLocaleDateString", 0, (realm, self, a) => IntlFormats.FormatDate(realm, Self(realm, self).Time, a.At(0), a.At(1), "date", "date"));
        b.Method(prototype, "toLocaleTimeString", 0, (realm, self, a) => IntlFormats.FormatDate(realm, Self(realm, self).Time, a.At(0), a.At(1), "time", "time"));
        b.Method(prototype, Symbol.ToPrimitive, 1, (realm, self, a) =>
        {
            if (!self.IsObject)
                throw realm.TypeError("Date.prototype[Symbol.toPrimitive] called on non-object.");
            string hint = a.At(0).IsString ? a[0].Text : string.Empty;
            if (hint is not ("default" or "string" or "number"))
                throw realm.TypeError($"Invalid hint: {realm.Describe(a.At(0))}.");
            return OrdinaryToPrimitive(realm, self.Object, hint == "number");
        }, PropertyFlags.Configurable);
    }

    private static Value OrdinaryToPrimitive(Realm realm, JsObject o, bool numberFirst)
    {
        string first = numberFirst ? Names.ValueOf : Names.ToStringName;
        string second = numberFirst ? Names.ToStringName : Names.ValueOf;
        foreach (string name in (ReadOnlySpan<string>)[first, second])
        {
            if (o.Get(realm, name).As<JsFunction>() is { } method && method.Call(realm, o, []) is { IsObject: false } result)
                return result;
        }

        throw realm.TypeError("Cannot convert object to primitive value.");
    }
}

internal sealed partial class Realm
{
    public TimeZoneInfo Zone => Context.Zone;

    /// <summary>Gets the caller's instant in milliseconds since 1970.</summary>
    public double Now => Context.Now.ToUnixTimeMilliseconds();
}
