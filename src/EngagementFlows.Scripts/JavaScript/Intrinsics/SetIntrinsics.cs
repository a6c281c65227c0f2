namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Set (ECMA-262 §24.2).</summary>
internal static class SetIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("Set", 0, prototype, Builder.NeedsNew("Set"), (realm, a, newTarget) =>
        {
            realm.Allocate(280);
            JsSet set = new(realm.PrototypeFrom(newTarget, prototype));
            if (a.At(0).IsNullish)
                return set;
            Value adder = set.Get(realm, "add");
            realm.RequireCallable(adder);
            Iteration.ForEachClosing(realm, a[0], item => realm.Call(adder, set, [item]));
            return set;
        });
        b.Getter(constructor, Symbol.Species, (_, self, _) => self);
        b.Method(prototype, "add", 1, (realm, self, a) =>
        {
            Self(realm, self).Data.Set(realm, a.At(0), a.At(0));
            return self;
        });
        b.Method(prototype, "has", 1, (realm, self, a) => Self(realm, self).Data.Has(a.At(0)));
        b.Method(prototype, "delete", 1, (realm, self, a) => Self(realm, self).Data.Delete(a.At(0)));
        b.Method(prototype, "clear", 0, (realm, self, _) =>
        {
            Self(realm, self).Data.Clear();
            return Value.Undefined;
        });
        b.Getter(prototype, "size", (realm, self, _) => Self(realm, self).Data.Count);
        b.Method(prototype, "forEach", 1, (realm, self, a) =>
        {
            JsSet set = Self(realm, self);
            JsFunction callback = realm.RequireCallable(a.At(0));
            int at = 0;
            while (set.Data.TryNext(ref at, out Value key, out _))
            {
                realm.Charge(1);
                callback.Call(realm, a.At(1), [key, key, self]);
            }

            return Value.Undefined;
        });
        JsObject iterator = IteratorIntrinsics.MakePrototype(i, b, "Set Iterator");
        BuiltinFunction values = b.Method(prototype, "values", 0, (realm, self, _) => CollectionIterator.Of(realm, iterator, "Set Iterator", Self(realm, self).Data, (key, _) => key));
        prototype.DefineRaw("keys", values, PropertyFlags.Hidden);
        prototype.DefineRaw(Symbol.Iterator, values, PropertyFlags.Hidden);
        b.Method(prototype, "entries", 0, (realm, self, _) => CollectionIterator.Of(realm, iterator, "Set Iterator", Self(realm, self).Data, (key, _) => realm.NewArray([key, key])));
        b.Tag(prototype, "Set");
        return prototype;
    }

    private static JsSet Self(Realm realm, Value self) => self.As<JsSet>() ?? throw realm.TypeError($"A method of Set was called on {realm.Describe(self)}.");
}
