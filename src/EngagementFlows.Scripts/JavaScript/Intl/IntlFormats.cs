namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Formatting for people (ECMA-402) in <c>en</c> and <c>zh-CN</c>, from tables of our own.</summary>
internal static class IntlFormats
{
    public static void Define(Intrinsics i, Builder b)
    {
        JsObject intl = b.Object();
        i.Global("Intl", intl);
        b.Tag(intl, "Intl");
        DefineFormat(intl, b, "NumberFormat", (realm, locales, options) =>
        {
            NumberFormat format = NumberFormat.From(realm, IsChinese(realm, locales), options);
            return (r, value) => format.Format(Operations.ToNumber(r, value));
        });
        DefineFormat(intl, b, "DateTimeFormat", (realm, locales, options) =>
        {
            DateFormat format = DateFormat.From(realm, IsChinese(realm, locales), options, "any", "date");
            return (r, value) => value.IsUndefined ? format.Format(r, r.Now) : FormatChecked(r, format, value.As<JsDate>() is { } date ? date.Time : Operations.ToNumber(r, value));
        });
    }

    public static Value FormatNumber(Realm realm, double number, Value locales, Value options) =>
        NumberFormat.From(realm, IsChinese(realm, locales), options).Format(number);

    public static Value FormatDate(Realm realm, double time, Value locales, Value options, string required, string defaults) => double.IsNaN(time)
        ? "Invalid Date"
        : DateFormat.From(realm, IsChinese(realm, locales), options, required, defaults).Format(realm, time);

    /// <summary>Picks the language: the first that we know of those asked for, else the caller's.</summary>
    private static bool IsChinese(Realm realm, Value locales)
    {
        List<Value> wanted = locales.As<JsArray>() is { } list ? [.. ArrayCopyIntrinsics.Items(realm, list)] : locales.IsUndefined ? [] : [locales];
        foreach (Value one in wanted)
        {
            string tag = Operations.ToString(realm, one);
            if (tag.Length == 0 || !tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || tag.Split('-')[0].Length is < 2 or > 8)
                throw realm.RangeError($"Incorrect locale information provided: '{tag}'.");
            if (tag == "zh" || tag.StartsWith("zh-", StringComparison.OrdinalIgnoreCase))
                return true;
            if (tag == "en" || tag.StartsWith("en-", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return realm.Context.Culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
    }

    private static Value FormatChecked(Realm realm, DateFormat format, double time) =>
        double.IsNaN(DateMath.TimeClip(time)) ? throw realm.RangeError("Invalid time value.") : format.Format(realm, time);

    private static void DefineFormat(JsObject intl, Builder b, string name, Func<Realm, Value, Value, Func<Realm, Value, Value>> make)
    {
        JsObject prototype = b.Object();
        Value Make(Realm realm, ReadOnlySpan<Value> a, JsObject instancePrototype)
        {
            realm.Allocate(400);
            return new JsFormat(instancePrototype, name, make(realm, a.At(0), a.At(1)));
        }

        BuiltinFunction constructor = b.Function(name, 0, (realm, _, a) => Make(realm, a, prototype), (realm, a, newTarget) => Make(realm, a, realm.PrototypeFrom(newTarget, prototype)));
        constructor.DefineRaw(Names.Prototype, prototype, PropertyFlags.None);
        prototype.DefineRaw(Names.Constructor, constructor, PropertyFlags.Hidden);
        intl.DefineRaw(name, constructor, PropertyFlags.Hidden);
        b.Getter(prototype, "format", (realm, self, _) =>
        {
            if (self.As<JsFormat>() is not { } format || format.Name != name)
                throw realm.TypeError($"Intl.{name}.prototype.format called on {realm.Describe(self)}.");
            return new BuiltinFunction(realm.Intrinsics.FunctionPrototype, string.Empty, 1, (r, _, a) => format.Apply(r, a.At(0)));
        });
        b.Tag(prototype, "Intl." + name);
    }

    private sealed class JsFormat(JsObject prototype, string name, Func<Realm, Value, Value> apply) : JsObject(prototype)
    {
        public string Name { get; } = name;

        public Func<Realm, Value, Value> Apply { get; } = apply;
    }
}

/// <summary>Reads options of formats.</summary>
internal static class FormatOptions
{
    public static string? Text(Realm realm, Value options, string name, params string[] allowed)
    {
        if (!options.IsObject)
            return null;
        Value value = options.Object.Get(realm, name);
        if (value.IsUndefined)
            return null;
        string text = Operations.ToString(realm, value);
        return allowed.Length == 0 || allowed.Contains(text) ? text : throw realm.RangeError($"Value {text} out of range for options property {name}.");
    }

    public static int? Number(Realm realm, Value options, string name, int least, int most)
    {
        if (!options.IsObject)
            return null;
        Value value = options.Object.Get(realm, name);
        if (value.IsUndefined)
            return null;
        double number = Operations.ToNumber(realm, value);
        return number >= least && number <= most ? (int)number : throw realm.RangeError($"{name} value is out of range.");
    }

    public static bool? Flag(Realm realm, Value options, string name)
    {
        if (!options.IsObject)
            return null;
        Value value = options.Object.Get(realm, name);
        return value.IsUndefined ? null : Operations.ToBoolean(value);
    }
}
