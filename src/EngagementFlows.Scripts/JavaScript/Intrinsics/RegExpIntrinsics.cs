namespace EngagementFlows.Scripts.JavaScript;

/// <summary>RegExp (ECMA-262 §22.2): constructor, flags and exec.</summary>
internal static class RegExpIntrinsics
{
    public static (JsFunction Constructor, JsObject Prototype) Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("RegExp", 2, prototype, (realm, _, a) =>
        {
            bool isRegExp = IsRegExp(realm, a.At(0));
            if (isRegExp && a.At(1).IsUndefined && a[0].Object.Get(realm, Names.Constructor).Is(realm.Intrinsics.RegExpConstructor))
                return a[0];
            return Make(realm, a.At(0), a.At(1), isRegExp, prototype);
        }, (realm, a, newTarget) => Make(realm, a.At(0), a.At(1), IsRegExp(realm, a.At(0)), realm.PrototypeFrom(newTarget, prototype)));
        b.Getter(constructor, Symbol.Species, (_, self, _) => self);
        DefineFlags(prototype, b);
        b.Method(prototype, "exec", 1, (realm, self, a) => Exec(realm, Self(realm, self), Operations.ToString(realm, a.At(0))));
        b.Method(prototype, "test", 1, (realm, self, a) => !RegExpExec(realm, SelfObject(realm, self), Operations.ToString(realm, a.At(0))).IsNull);
        b.Method(prototype, "compile", 2, (_, self, _) => self);
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) =>
        {
            JsObject o = SelfObject(realm, self);
            return $"/{Operations.ToString(realm, o.Get(realm, "source"))}/{Operations.ToString(realm, o.Get(realm, "flags"))}";
        });
        RegExpSymbolIntrinsics.Define(i, prototype, b);
        return (constructor, prototype);
    }

    public static JsObject SelfObject(Realm realm, Value self) => self.IsObject ? self.Object : throw realm.TypeError("A method of RegExp was called on a value that is no object.");

    public static bool IsRegExp(Realm realm, Value value)
    {
        if (!value.IsObject)
            return false;
        Value matcher = value.Object.Get(realm, Symbol.Match);
        return matcher.IsUndefined ? value.Object is JsRegExp : Operations.ToBoolean(matcher);
    }

    private static JsRegExp Self(Realm realm, Value self) => self.As<JsRegExp>() ?? throw realm.TypeError($"A method of RegExp was called on {realm.Describe(self)}.");

    private static JsRegExp Make(Realm realm, Value pattern, Value flags, bool isRegExp, JsObject prototype)
    {
        string source;
        string flagText;
        if (pattern.As<JsRegExp>() is { } known)
        {
            source = known.Source;
            flagText = flags.IsUndefined ? known.Flags : Operations.ToString(realm, flags);
        }
        else
        {
            if (isRegExp)
            {
                JsObject like = pattern.Object;
                pattern = like.Get(realm, "source");
                if (flags.IsUndefined)
                    flags = like.Get(realm, "flags");
            }

            source = pattern.IsUndefined ? string.Empty : Operations.ToString(realm, pattern);
            flagText = flags.IsUndefined ? string.Empty : Operations.ToString(realm, flags);
        }

        return realm.NewRegularExpression(source, flagText, prototype);
    }

    private static void DefineFlags(JsObject prototype, Builder b)
    {
        foreach ((string name, char flag) in ((string, char)[])[("hasIndices", 'd'), ("global", 'g'), ("ignoreCase", 'i'), ("multiline", 'm'), ("dotAll", 's'), ("unicode", 'u'), ("unicodeSets", 'v'), ("sticky", 'y')])
        {
            b.Getter(prototype, name, (realm, self, _) => self.As<JsRegExp>() is { } regex
                ? regex.Has(flag)
                : self.Is(prototype) ? Value.Undefined : throw realm.TypeError($"RegExp.prototype.{name} getter called on {realm.Describe(self)}."));
        }

        b.Getter(prototype, "source", (realm, self, _) => self.As<JsRegExp>() is { } regex
            ? JsRegExp.Escaped(regex.Source)
            : self.Is(prototype) ? "(?:)" : throw realm.TypeError($"RegExp.prototype.source getter called on {realm.Describe(self)}."));
        b.Getter(prototype, "flags", (realm, self, _) =>
        {
            JsObject o = SelfObject(realm, self);
            if (o is JsRegExp plain && IsPlain(realm, plain))
                return plain.Flags;
            string flags = string.Empty;
            foreach ((string name, string flag) in ((string, string)[])[("hasIndices", "d"), ("global", "g"), ("ignoreCase", "i"), ("multiline", "m"), ("dotAll", "s"), ("unicode", "u"), ("unicodeSets", "v"), ("sticky", "y")])
            {
                if (Operations.ToBoolean(o.Get(realm, name)))
                    flags += flag;
            }

            return flags;
        });
    }

    /// <summary>Tells whether nothing about the expression was changed by the script.</summary>
    public static bool IsPlain(Realm realm, JsRegExp regex) => ReferenceEquals(regex.Prototype, realm.Intrinsics.RegExpPrototype) && regex.HasOnlyLastIndex;

    /// <summary>RegExpExec (ECMA-262 §22.2.7.1): an own <c>exec</c> is asked first.</summary>
    public static Value RegExpExec(Realm realm, JsObject o, string text)
    {
        if (o is JsRegExp plain && IsPlain(realm, plain))
            return Exec(realm, plain, text);
        Value exec = o.Get(realm, "exec");
        if (exec.IsObject && exec.Object.IsCallable)
        {
            Value result = realm.Call(exec, o, [text]);
            return result.IsObject || result.IsNull ? result : throw realm.TypeError("exec gave neither an object nor null.");
        }

        return Exec(realm, Self(realm, o), text);
    }

    /// <summary>RegExpBuiltinExec (ECMA-262 §22.2.7.2).</summary>
    private static Value Exec(Realm realm, JsRegExp regex, string text)
    {
        long lastIndex = Operations.ToLength(realm, regex.Get(realm, Names.LastIndex));
        bool isSticky = regex.Has('y');
        bool usesLast = isSticky || regex.Has('g');
        if (!usesLast)
            lastIndex = 0;
        int[]? match = lastIndex > text.Length ? null : new RegexMatcher(realm, regex.Program, text).Match((int)lastIndex, isSticky);
        if (match is null)
        {
            if (usesLast)
                realm.SetOrThrow(regex, Names.LastIndex, 0);
            return Value.Null;
        }

        if (usesLast)
            realm.SetOrThrow(regex, Names.LastIndex, match[1]);
        return ResultOf(realm, regex, text, match);
    }

    private static JsArray ResultOf(Realm realm, JsRegExp regex, string text, int[] match)
    {
        JsArray result = realm.NewArray(match.Length / 2);
        JsArray? indices = regex.Has('d') ? realm.NewArray(match.Length / 2) : null;
        for (int group = 0; group < match.Length; group += 2)
        {
            bool took = match[group] >= 0 && match[group + 1] >= 0;
            result.Add(realm, took ? StringIntrinsics.Part(realm, text, match[group], match[group + 1]) : Value.Undefined);
            indices?.Add(realm, took ? realm.NewArray([match[group], match[group + 1]]) : Value.Undefined);
        }

        realm.Allocate(160);
        result.DefineRaw(Names.Index, match[0], PropertyFlags.All);
        result.DefineRaw("input", text, PropertyFlags.All);
        result.DefineRaw("groups", Groups(realm, regex, result), PropertyFlags.All);
        if (indices is not null)
        {
            indices.DefineRaw("groups", Groups(realm, regex, indices), PropertyFlags.All);
            result.DefineRaw("indices", indices, PropertyFlags.All);
        }

        return result;
    }

    private static Value Groups(Realm realm, JsRegExp regex, JsArray values)
    {
        if (regex.Program.GroupNames.Count == 0)
            return Value.Undefined;
        realm.Allocate(64);
        JsObject groups = new(null);
        foreach ((string name, int index) in regex.Program.GroupNames)
        {
            Value value = values.Items[index];
            if (!value.IsUndefined || !groups.HasOwn(realm, name))
                groups.CreateDataProperty(realm, name, value);
        }

        return groups;
    }
}
