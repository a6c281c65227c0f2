namespace EngagementFlows.Scripts.JavaScript;

/// <summary>String (ECMA-262 §22.1): constructor, characters and parts.</summary>
internal static class StringIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsStringObject prototype = new(string.Empty, i.ObjectPrototype);
        b.Remember(prototype);
        BuiltinFunction constructor = b.Constructor("String", 1, prototype, (realm, _, a) =>
            a.Length == 0 ? Value.EmptyString : a[0].IsSymbol ? a[0].Symbol.ToString() : Operations.ToString(realm, a[0]), (realm, a, newTarget) =>
        {
            string text = a.Length == 0 ? string.Empty : Operations.ToString(realm, a[0]);
            return new JsStringObject(text, realm.PrototypeFrom(newTarget, realm.Intrinsics.StringPrototype));
        });
        b.Method(constructor, "fromCharCode", 1, (realm, _, a) =>
        {
            char[] text = new char[a.Length];
            for (int n = 0; n < text.Length; n++)
                text[n] = (char)Operations.ToUint32(realm, a[n]);
            return new string(text);
        });
        b.Method(constructor, "fromCodePoint", 1, (realm, _, a) =>
        {
            TextBuilder text = new(realm);
            foreach (Value value in a)
            {
                double code = Operations.ToNumber(realm, value);
                if (code != Math.Truncate(code) || code is < 0 or > 0x10ffff || double.IsNaN(code))
                    throw realm.RangeError($"Invalid code point {NumberText.Of(code)}.");
                text.Append(Texts.OfCodePoint((int)code));
            }

            return text.ToString();
        });
        b.Method(constructor, "raw", 1, Raw);
        DefineCharacters(prototype, b);
        DefineParts(prototype, b);
        StringSearchIntrinsics.Define(prototype, b);
        StringCaseIntrinsics.Define(prototype, b);
        StringPatternIntrinsics.Define(prototype, b);
        return prototype;
    }

    /// <summary>RequireObjectCoercible and ToString of <c>this</c>.</summary>
    public static string Self(Realm realm, Value self, string method) => self.IsNullish
        ? throw realm.TypeError($"String.prototype.{method} called on null or undefined.")
        : Operations.ToString(realm, self);

    private static Value Raw(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject raw = Operations.ToObject(realm, Operations.ToObject(realm, a.At(0)).Get(realm, "raw"));
        long length = realm.LengthOf(raw);
        TextBuilder text = new(realm);
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            text.Append(Operations.ToString(realm, realm.GetAt(raw, n)));
            if (n + 1 < length && n + 1 < a.Length)
                text.Append(Operations.ToString(realm, a[(int)n + 1]));
        }

        return text.ToString();
    }

    private static void DefineCharacters(JsObject prototype, Builder b)
    {
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => ThisValue(realm, self));
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => ThisValue(realm, self));
        b.Method(prototype, "charAt", 1, (realm, self, a) =>
        {
            string text = Self(realm, self, "charAt");
            double at = Operations.ToInteger(realm, a.At(0));
            return at >= 0 && at < text.Length ? realm.CharacterAt(text, (int)at) : Value.EmptyString;
        });
        b.Method(prototype, "charCodeAt", 1, (realm, self, a) =>
        {
            string text = Self(realm, self, "charCodeAt");
            double at = Operations.ToInteger(realm, a.At(0));
            return at >= 0 && at < text.Length ? text[(int)at] : double.NaN;
        });
        b.Method(prototype, "codePointAt", 1, (realm, self, a) =>
        {
            string text = Self(realm, self, "codePointAt");
            double at = Operations.ToInteger(realm, a.At(0));
            return at >= 0 && at < text.Length ? Texts.CodePointAt(text, (int)at) : Value.Undefined;
        });
        b.Method(prototype, "at", 1, (realm, self, a) =>
        {
            string text = Self(realm, self, "at");
            double index = Operations.ToInteger(realm, a.At(0));
            double at = index < 0 ? text.Length + index : index;
            return at >= 0 && at < text.Length ? realm.CharacterAt(text, (int)at) : Value.Undefined;
        });
        b.Method(prototype, "isWellFormed", 0, (realm, self, _) => Texts.IsWellFormed(Self(realm, self, "isWellFormed")));
        b.Method(prototype, "toWellFormed", 0, (realm, self, _) => Texts.ToWellFormed(Self(realm, self, "toWellFormed")));
        b.Method(prototype, Symbol.Iterator, 0, (realm, self, _) =>
        {
            string text = Self(realm, self, "[Symbol.iterator]");
            int at = 0;
            realm.Allocate(160);
            return new BuiltinIterator(realm.Intrinsics.StringIteratorPrototype, "String Iterator", (Realm realm, out Value value) =>
            {
                value = default;
                if (at >= text.Length)
                    return false;
                int size = Texts.CodePointAt(text, at) > 0xffff ? 2 : 1;
                value = size == 1 ? realm.CharacterAt(text, at) : text.Substring(at, 2);
                at += size;
                return true;
            });
        });
    }

    private static Value ThisValue(Realm realm, Value self)
    {
        if (self.IsString)
            return self;
        return self.As<JsStringObject>() is { } o ? o.Text : throw realm.TypeError("String.prototype.valueOf requires that 'this' be a String.");
    }

    private static void DefineParts(JsObject prototype, Builder b)
    {
        b.Method(prototype, "slice", 2, (realm, self, a) =>
        {
            string text = Self(realm, self, "slice");
            int start = (int)Operations.RelativeIndex(realm, a.At(0), text.Length, 0);
            int end = (int)Operations.RelativeIndex(realm, a.At(1), text.Length, text.Length);
            return Part(realm, text, start, end);
        });
        b.Method(prototype, "substring", 2, (realm, self, a) =>
        {
            string text = Self(realm, self, "substring");
            int start = (int)Math.Clamp(Operations.ToInteger(realm, a.At(0)), 0, text.Length);
            int end = a.At(1).IsUndefined ? text.Length : (int)Math.Clamp(Operations.ToInteger(realm, a[1]), 0, text.Length);
            return Part(realm, text, Math.Min(start, end), Math.Max(start, end));
        });
        b.Method(prototype, "substr", 2, (realm, self, a) =>
        {
            string text = Self(realm, self, "substr");
            int start = (int)Operations.RelativeIndex(realm, a.At(0), text.Length, 0);
            double length = a.At(1).IsUndefined ? text.Length : Operations.ToInteger(realm, a[1]);
            return Part(realm, text, start, (int)Math.Min(start + Math.Max(0, length), text.Length));
        });
        b.Method(prototype, "concat", 1, (realm, self, a) =>
        {
            Value result = Self(realm, self, "concat");
            foreach (Value part in a)
                result = Operations.Concat(realm, result, Operations.ToString(realm, part));
            return result;
        });
        b.Method(prototype, "repeat", 1, (realm, self, a) =>
        {
            string text = Self(realm, self, "repeat");
            double count = Operations.ToInteger(realm, a.At(0));
            if (count < 0 || double.IsInfinity(count))
                throw realm.RangeError($"Invalid count value: {NumberText.Of(count)}.");
            if (text.Length == 0 || count == 0)
                return Value.EmptyString;
            if (count * text.Length > realm.Limits.StringLength)
                throw realm.LimitReached(LimitKind.StringLength);
            realm.AllocateText((long)count * text.Length);
            return new System.Text.StringBuilder(text.Length * (int)count).Insert(0, text, (int)count).ToString();
        });
        b.Method(prototype, "padStart", 1, (realm, self, a) => Pad(realm, Self(realm, self, "padStart"), a, atStart: true));
        b.Method(prototype, "padEnd", 1, (realm, self, a) => Pad(realm, Self(realm, self, "padEnd"), a, atStart: false));
        b.Method(prototype, "trim", 0, (realm, self, _) => Trimmed(realm, Self(realm, self, "trim"), true, true));
        BuiltinFunction trimStart = b.Method(prototype, "trimStart", 0, (realm, self, _) => Trimmed(realm, Self(realm, self, "trimStart"), true, false));
        BuiltinFunction trimEnd = b.Method(prototype, "trimEnd", 0, (realm, self, _) => Trimmed(realm, Self(realm, self, "trimEnd"), false, true));
        prototype.DefineRaw("trimLeft", trimStart, PropertyFlags.Hidden);
        prototype.DefineRaw("trimRight", trimEnd, PropertyFlags.Hidden);
    }

    public static Value Part(Realm realm, string text, int start, int end)
    {
        if (end <= start)
            return Value.EmptyString;
        if (end - start == 1)
            return realm.CharacterAt(text, start);
        realm.AllocateText(end - start);
        return text[start..end];
    }

    private static string Trimmed(Realm realm, string text, bool start, bool end)
    {
        ReadOnlySpan<char> trimmed = text;
        if (start)
            trimmed = Characters.TrimStart(trimmed);
        if (end)
            trimmed = Characters.TrimEnd(trimmed);
        if (trimmed.Length == text.Length)
            return text;
        realm.AllocateText(trimmed.Length);
        return trimmed.ToString();
    }

    private static Value Pad(Realm realm, string text, ReadOnlySpan<Value> a, bool atStart)
    {
        long length = Operations.ToLength(realm, a.At(0));
        if (length <= text.Length)
            return text;
        string filler = a.At(1).IsUndefined ? " " : Operations.ToString(realm, a[1]);
        if (filler.Length == 0)
            return text;
        realm.AllocateText(length);
        int missing = (int)length - text.Length;
        string fill = string.Create(missing, filler, static (span, filler) =>
        {
            for (int n = 0; n < span.Length; n++)
                span[n] = filler[n % filler.Length];
        });
        return atStart ? fill + text : text + fill;
    }
}
