namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What the string methods ask of a regular expression (ECMA-262 §22.2.6.8 to §22.2.6.14).</summary>
internal static class RegExpSymbolIntrinsics
{
    public static void Define(Intrinsics i, JsObject prototype, Builder b)
    {
        b.Method(prototype, Symbol.Match, 1, Match);
        b.Method(prototype, Symbol.Search, 1, Search);
        b.Method(prototype, Symbol.Replace, 2, Replace);
        b.Method(prototype, Symbol.Split, 2, Split);
        JsObject iterator = IteratorIntrinsics.MakePrototype(i, b, "RegExp String Iterator");
        b.Method(prototype, Symbol.MatchAll, 1, (realm, self, a) => MatchAll(realm, self, a, iterator));
    }

    private static string FlagsOf(Realm realm, JsObject o) => Operations.ToString(realm, o.Get(realm, "flags"));

    /// <summary>AdvanceStringIndex (ECMA-262 §22.2.7.3).</summary>
    private static long Advance(string text, long index, bool isUnicode) =>
        index + (isUnicode && index + 1 < text.Length && Texts.CodePointAt(text, (int)index) > 0xffff ? 2 : 1);

    private static void SkipEmpty(Realm realm, JsObject o, string text, string flags)
    {
        long last = Operations.ToLength(realm, o.Get(realm, Names.LastIndex));
        realm.SetOrThrow(o, Names.LastIndex, Advance(text, last, flags.Contains('u', StringComparison.Ordinal) || flags.Contains('v', StringComparison.Ordinal)));
    }

    private static Value Match(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = RegExpIntrinsics.SelfObject(realm, self);
        string text = Operations.ToString(realm, a.At(0));
        string flags = FlagsOf(realm, o);
        if (!flags.Contains('g', StringComparison.Ordinal))
            return RegExpIntrinsics.RegExpExec(realm, o, text);
        realm.SetOrThrow(o, Names.LastIndex, 0);
        JsArray result = realm.NewArray();
        while (RegExpIntrinsics.RegExpExec(realm, o, text) is { IsNull: false } match)
        {
            realm.Charge(1);
            string matched = Operations.ToString(realm, match.Object.GetIndex(realm, 0, match));
            result.Add(realm, matched);
            if (matched.Length == 0)
                SkipEmpty(realm, o, text, flags);
        }

        return result.Length == 0 ? Value.Null : result;
    }

    private static Value Search(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = RegExpIntrinsics.SelfObject(realm, self);
        string text = Operations.ToString(realm, a.At(0));
        Value previous = o.Get(realm, Names.LastIndex);
        if (!Operations.SameValue(previous, Value.Zero))
            realm.SetOrThrow(o, Names.LastIndex, 0);
        Value match = RegExpIntrinsics.RegExpExec(realm, o, text);
        if (!Operations.SameValue(o.Get(realm, Names.LastIndex), previous))
            realm.SetOrThrow(o, Names.LastIndex, previous);
        return match.IsNull ? -1 : match.Object.Get(realm, Names.Index);
    }

    private static Value Replace(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = RegExpIntrinsics.SelfObject(realm, self);
        string text = Operations.ToString(realm, a.At(0));
        Value replacement = a.At(1);
        if (!(replacement.IsObject && replacement.Object.IsCallable))
            replacement = Operations.ToString(realm, replacement);
        string flags = FlagsOf(realm, o);
        bool isGlobal = flags.Contains('g', StringComparison.Ordinal);
        if (isGlobal)
            realm.SetOrThrow(o, Names.LastIndex, 0);
        List<JsObject> matches = [];
        while (RegExpIntrinsics.RegExpExec(realm, o, text) is { IsNull: false } match)
        {
            realm.Charge(1);
            matches.Add(match.Object);
            if (!isGlobal)
                break;
            if (Operations.ToString(realm, match.Object.GetIndex(realm, 0, match)).Length == 0)
                SkipEmpty(realm, o, text, flags);
        }

        TextBuilder result = new(realm);
        int from = 0;
        foreach (JsObject match in matches)
            AppendReplaced(realm, result, match, text, replacement, ref from);
        if (from < text.Length)
            result.Append(text[from..]);
        return result.ToString();
    }

    private static void AppendReplaced(Realm realm, TextBuilder result, JsObject match, string text, Value replacement, ref int from)
    {
        long count = Math.Max(realm.LengthOf(match) - 1, 0);
        string matched = Operations.ToString(realm, match.GetIndex(realm, 0, match));
        int position = (int)Math.Clamp(Operations.ToInteger(realm, match.Get(realm, Names.Index)), 0, text.Length);
        realm.AllocateItems(count);
        Value[] captures = new Value[count];
        for (int n = 0; n < captures.Length; n++)
        {
            Value capture = realm.GetAt(match, n + 1);
            captures[n] = capture.IsUndefined ? capture : Operations.ToString(realm, capture);
        }

        Value groups = match.Get(realm, "groups");
        string inserted;
        if (replacement.IsObject)
        {
            Value[] arguments = groups.IsUndefined ? [matched, .. captures, position, text] : [matched, .. captures, position, text, groups];
            inserted = Operations.ToString(realm, realm.Call(replacement, Value.Undefined, arguments));
        }
        else
        {
            if (!groups.IsUndefined)
                groups = Operations.ToObject(realm, groups);
            inserted = Substitution.Expand(realm, matched, text, position, captures, groups, replacement.Text);
        }

        if (position < from)
            return;
        result.Append(text[from..position]);
        result.Append(inserted);
        from = position + matched.Length;
    }

    private static Value MatchAll(Realm realm, Value self, ReadOnlySpan<Value> a, JsObject prototype)
    {
        JsObject o = RegExpIntrinsics.SelfObject(realm, self);
        string text = Operations.ToString(realm, a.At(0));
        JsObject constructor = realm.SpeciesConstructor(o, realm.Intrinsics.RegExpConstructor);
        string flags = FlagsOf(realm, o);
        JsObject matcher = realm.Construct(constructor, [o, flags]).Object;
        realm.SetOrThrow(matcher, Names.LastIndex, Operations.ToLength(realm, o.Get(realm, Names.LastIndex)));
        bool isGlobal = flags.Contains('g', StringComparison.Ordinal);
        bool isDone = false;
        return new BuiltinIterator(prototype, "RegExp String Iterator", (Realm r, out Value value) =>
        {
            value = Value.Undefined;
            if (isDone)
                return false;
            value = RegExpIntrinsics.RegExpExec(r, matcher, text);
            isDone = value.IsNull || !isGlobal;
            if (value.IsNull)
                return false;
            if (isGlobal && Operations.ToString(r, value.Object.GetIndex(r, 0, value)).Length == 0)
                SkipEmpty(r, matcher, text, flags);
            return true;
        });
    }

    private static Value Split(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = RegExpIntrinsics.SelfObject(realm, self);
        string text = Operations.ToString(realm, a.At(0));
        JsObject constructor = realm.SpeciesConstructor(o, realm.Intrinsics.RegExpConstructor);
        string flags = FlagsOf(realm, o);
        bool isUnicode = flags.Contains('u', StringComparison.Ordinal) || flags.Contains('v', StringComparison.Ordinal);
        string sticky = flags.Contains('y', StringComparison.Ordinal) ? flags : flags + "y";
        JsObject splitter = realm.Construct(constructor, [o, sticky]).Object;
        JsArray parts = realm.NewArray();
        uint limit = a.At(1).IsUndefined ? uint.MaxValue : Operations.ToUint32(realm, a[1]);
        if (limit == 0)
            return parts;
        if (text.Length == 0)
        {
            if (RegExpIntrinsics.RegExpExec(realm, splitter, text).IsNull)
                parts.Add(realm, text);
            return parts;
        }

        int from = 0;
        long at = 0;
        while (at < text.Length)
        {
            realm.Charge(1);
            realm.SetOrThrow(splitter, Names.LastIndex, at);
            Value match = RegExpIntrinsics.RegExpExec(realm, splitter, text);
            long end = match.IsNull ? 0 : Math.Min(Operations.ToLength(realm, splitter.Get(realm, Names.LastIndex)), text.Length);
            if (match.IsNull || end == from)
            {
                at = Advance(text, at, isUnicode);
                continue;
            }

            parts.Add(realm, StringIntrinsics.Part(realm, text, from, (int)at));
            if (parts.Length == limit)
                return parts;
            from = (int)end;
            long groups = Math.Max(realm.LengthOf(match.Object) - 1, 0);
            for (long n = 1; n <= groups; n++)
            {
                parts.Add(realm, realm.GetAt(match.Object, n));
                if (parts.Length == limit)
                    return parts;
            }

            at = from;
        }

        parts.Add(realm, StringIntrinsics.Part(realm, text, from, text.Length));
        return parts;
    }
}
