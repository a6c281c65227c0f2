namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Generator objects and the prototypes of generator and async functions (ECMA-262 §27.3, §27.5, §27.7).</summary>
internal static class GeneratorIntrinsics
{
    public static JsObject DefineGenerator(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object(i.IteratorPrototype);
        b.Method(prototype, Names.Next, 1, (realm, self, a) => Self(realm, self).Resume(realm, Resumption.Next, a.At(0)));
        b.Method(prototype, Names.Return, 1, (realm, self, a) => Self(realm, self).Resume(realm, Resumption.Return, a.At(0)));
        b.Method(prototype, "throw", 1, (realm, self, a) => Self(realm, self).Resume(realm, Resumption.Throw, a.At(0)));
        b.Tag(prototype, "Generator");
        return prototype;
    }

    public static JsObject DefineFunction(Intrinsics i, Builder b, string tag, JsObject? instances)
    {
        JsObject prototype = b.Object(i.FunctionPrototype);
        b.Tag(prototype, tag);
        if (instances is not null)
        {
            prototype.DefineRaw(Names.Prototype, instances, PropertyFlags.Configurable);
            instances.DefineRaw(Names.Constructor, prototype, PropertyFlags.Configurable);
        }

        // "constructor" would be a way to make code from text: calling it is a TypeError, as for Function.
        NativeCode refuse = (realm, _, _) => throw realm.TypeError($"'{tag}(…)' is not available in scripts: scripts cannot make code from text.");
        BuiltinFunction constructor = b.Function(tag, 1, refuse, (realm, a, _) => refuse(realm, default, a));
        constructor.DefineRaw(Names.Prototype, prototype, PropertyFlags.None);
        prototype.DefineRaw(Names.Constructor, constructor, PropertyFlags.Configurable);
        return prototype;
    }

    private static JsGenerator Self(Realm realm, Value self) => self.As<JsGenerator>() ?? throw realm.TypeError($"A generator's method was called on {realm.Describe(self)}.");
}
