namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Methods that take a text or a regular expression: they ask its symbol methods first (ECMA-262 §22.1.3.13 and others).</summary>
internal static class StringPatternIntrinsics
{
    public static void Define(JsObject prototype, Builder b)
    {
        b.Method(prototype, "match", 1, (realm, self, a) => Delegate(realm, self, a.At(0), Symbol.Match, "match", []) is { IsEmpty: false } result
            ? result
            : realm.Invoke(realm.NewRegExp(a.At(0), string.Empty), Symbol.Match, [Operations.ToString(realm, self)]));
        b.Method(prototype, "matchAll", 1, MatchAll);
        b.Method(prototype, "search", 1, (realm, self, a) => Delegate(realm, self, a.At(0), Symbol.Search, "search", []) is { IsEmpty: false } result
            ? result
            : realm.Invoke(realm.NewRegExp(a.At(0), string.Empty), Symbol.Search, [Operations.ToString(realm, self)]));
        b.Method(prototype, "replace", 2, (realm, self, a) => Replace(realm, self, a, all: false));
        b.Method(prototype, "replaceAll", 2, (realm, self, a) => Replace(realm, self, a, all: true));
        b.Method(prototype, "split", 2, Split);
    }

    private static Value Delegate(Realm realm, Value self, Value pattern, Symbol symbol, string method, ReadOnlySpan<Value> more)
    {
        if (self.IsNullish)
            throw realm.TypeError($"String.prototype.{method} called on null or undefined.");
        if (!pattern.IsObject)
            return Value.Empty;
        Value function = realm.GetMethod(pattern, symbol);
        return function.IsUndefined ? Value.Empty : realm.Call(function, pattern, [self, .. more]);
    }

    private static Value MatchAll(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        if (a.At(0).IsObject)
            RequireGlobal(realm, a[0], "matchAll");
        Value result = Delegate(realm, self, a.At(0), Symbol.MatchAll, "matchAll", []);
        if (!result.IsEmpty)
            return result;
        string text = Operations.ToString(realm, self);
        return realm.Invoke(realm.NewRegExp(a.At(0), "g"), Symbol.MatchAll, [text]);
    }

    private static void RequireGlobal(Realm realm, Value pattern, string method)
    {
        Value matcher = pattern.Object.Get(realm, Symbol.Match);
        if (!(matcher.IsUndefined ? pattern.Object is JsRegExp : Operations.ToBoolean(matcher)))
            return;
        Value flags = pattern.Object.Get(realm, "flags");
        if (flags.IsNullish || !Operations.ToString(realm, flags).Contains('g', StringComparison.Ordinal))
            throw realm.TypeError($"String.prototype.{method} must be called with a global regular expression.");
    }

    private static Value Replace(Realm realm, Value self, ReadOnlySpan<Value> a, bool all)
    {
        string method = all ? "replaceAll" : "replace";
        if (self.IsNullish)
            throw realm.TypeError($"String.prototype.{method} called on null or undefined.");
        if (all && a.At(0).IsObject)
            RequireGlobal(realm, a[0], method);
        Value delegated = Delegate(realm, self, a.At(0), Symbol.Replace, method, [a.At(1)]);
        if (!delegated.IsEmpty)
            return delegated;
        string text = Operations.ToString(realm, self);
        string wanted = Operations.ToString(realm, a.At(0));
        Value replacement = a.At(1);
        bool isFunction = replacement.IsObject && replacement.Object.IsCallable;
        if (!isFunction)
            replacement = Operations.ToString(realm, replacement);
        TextBuilder result = new(realm);
        int from = 0;
        int at = StringSearchIntrinsics.IndexOf(realm, text, wanted, 0);
        if (at < 0)
            return text;
        while (at >= 0)
        {
            realm.Charge(1);
            result.Append(text[from..at]);
            result.Append(isFunction
                ? Operations.ToString(realm, realm.Call(replacement, Value.Undefined, [wanted, at, text]))
                : Substitution.Expand(realm, wanted, text, at, [], Value.Undefined, replacement.Text));
            from = at + wanted.Length;
            int next = Math.Max(from, at + 1);
            at = all && next <= text.Length ? StringSearchIntrinsics.IndexOf(realm, text, wanted, next) : -1;
        }

        result.Append(text[from..]);
        return result.ToString();
    }

    private static Value Split(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        Value delegated = Delegate(realm, self, a.At(0), Symbol.Split, "split", [a.At(1)]);
        if (!delegated.IsEmpty)
            return delegated;
        string text = Operations.ToString(realm, self);
        uint limit = a.At(1).IsUndefined ? uint.MaxValue : Operations.ToUint32(realm, a[1]);
        string separator = Operations.ToString(realm, a.At(0));
        JsArray parts = realm.NewArray();
        if (limit == 0)
            return parts;
        if (a.At(0).IsUndefined)
        {
            parts.Add(realm, text);
            return parts;
        }

        if (separator.Length == 0)
        {
            for (int n = 0; n < text.Length && parts.Length < limit; n++)
            {
                realm.Charge(1);
                parts.Add(realm, realm.CharacterAt(text, n));
            }

            return parts;
        }

        int from = 0;
        while (parts.Length < limit && StringSearchIntrinsics.IndexOf(realm, text, separator, from) is var at and >= 0)
        {
            realm.Charge(1);
            parts.Add(realm, StringIntrinsics.Part(realm, text, from, at));
            from = at + separator.Length;
        }

        if (parts.Length < limit)
            parts.Add(realm, StringIntrinsics.Part(realm, text, from, text.Length));
        return parts;
    }
}

/// <summary>GetSubstitution (ECMA-262 §22.1.3.19.1).</summary>
internal static class Substitution
{
    public static string Expand(Realm realm, string matched, string text, int position, ReadOnlySpan<Value> captures, Value groups, string template)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
            return template;
        TextBuilder result = new(realm);
        int at = 0;
        while (at < template.Length)
        {
            int dollar = template.IndexOf('$', at);
            if (dollar < 0 || dollar + 1 >= template.Length)
                break;
            result.Append(template[at..dollar]);
            at = dollar + ExpandOne(realm, result, matched, text, position, captures, groups, template, dollar);
        }

        result.Append(template[at..]);
        return result.ToString();
    }

    private static int ExpandOne(Realm realm, TextBuilder result, string matched, string text, int position, ReadOnlySpan<Value> captures, Value groups, string template, int dollar)
    {
        char c = template[dollar + 1];
        switch (c)
        {
            case '$':
                result.Append("$");
                return 2;
            case '&':
                result.Append(matched);
                return 2;
            case '`':
                result.Append(text[..position]);
                return 2;
            case '\'':
                result.Append(text[Math.Min(text.Length, position + matched.Length)..]);
                return 2;
            case '<' when !groups.IsUndefined:
                int end = template.IndexOf('>', dollar + 2);
                if (end < 0)
                    break;
                Value named = Members.Get(realm, groups, template[(dollar + 2)..end], default);
                if (!named.IsUndefined)
                    result.Append(Operations.ToString(realm, named));
                return end + 1 - dollar;
            case >= '0' and <= '9':
                int used = CaptureDigits(template, dollar, captures.Length, out int number);
                if (used == 0)
                    break;
                if (!captures[number - 1].IsUndefined)
                    result.Append(Operations.ToString(realm, captures[number - 1]));
                return used;
        }

        result.Append("$");
        return 1;
    }

    private static int CaptureDigits(string template, int dollar, int count, out int number)
    {
        int first = template[dollar + 1] - '0';
        if (dollar + 2 < template.Length && char.IsAsciiDigit(template[dollar + 2]))
        {
            number = (first * 10) + template[dollar + 2] - '0';
            if (number >= 1 && number <= count)
                return 3;
        }

        number = first;
        return first >= 1 && first <= count ? 2 : 0;
    }
}
