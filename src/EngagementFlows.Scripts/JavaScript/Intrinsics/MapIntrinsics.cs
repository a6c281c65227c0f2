namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Map (ECMA-262 §24.1).</summary>
internal static class MapIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("Map", 0, prototype, Builder.NeedsNew("Map"), (realm, a, newTarget) =>
        {
            realm.Allocate(280);
            JsMap map = new(realm.PrototypeFrom(newTarget, prototype));
            if (!a.At(0).IsNullish)
                Fill(realm, map, a[0]);
            return map;
        });
        b.Getter(constructor, Symbol.Species, (_, self, _) => self);
        b.Method(constructor, "groupBy", 2, (realm, _, a) =>
        {
            JsFunction callback = realm.RequireCallable(a.At(1));
            JsMap groups = new(prototype);
            long index = 0;
            Iteration.ForEachClosing(realm, a.At(0), item =>
            {
                Value key = callback.Call(realm, Value.Undefined, [item, index++]);
                if (!groups.Data.Has(key))
                    groups.Data.Set(realm, key, realm.NewArray());
                groups.Data.Get(key).As<JsArray>()!.Add(realm, item);
            });
            return groups;
        });
        b.Method(prototype, "get", 1, (realm, self, a) => Self(realm, self).Data.Get(a.At(0)));
        b.Method(prototype, "set", 2, (realm, self, a) =>
        {
            Self(realm, self).Data.Set(realm, a.At(0), a.At(1));
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
            JsMap map = Self(realm, self);
            JsFunction callback = realm.RequireCallable(a.At(0));
            int at = 0;
            while (map.Data.TryNext(ref at, out Value key, out Value value))
            {
                realm.Charge(1);
                callback.Call(realm, a.At(1), [value, key, self]);
            }

            return Value.Undefined;
        });
        JsObject iterator = IteratorIntrinsics.MakePrototype(i, b, "Map Iterator");
        BuiltinFunction entries = b.Method(prototype, "entries", 0, (realm, self, _) =>
            CollectionIterator.Of(realm, iterator, "Map Iterator", Self(realm, self).Data, (key, value) => realm.NewArray([key, value])));
        prototype.DefineRaw(Symbol.Iterator, entries, PropertyFlags.Hidden);
        b.Method(prototype, "keys", 0, (realm, self, _) => CollectionIterator.Of(realm, iterator, "Map Iterator", Self(realm, self).Data, (key, _) => key));
        b.Method(prototype, "values", 0, (realm, self, _) => CollectionIterator.Of(realm, iterator, "Map Iterator", Self(realm, self).Data, (_, value) => value));
        b.Tag(prototype, "Map");
        return prototype;
    }

    private static void Fill(Realm realm, JsMap map, Value entries)
    {
        Value adder = map.Get(realm, "set");
        realm.RequireCallable(adder);
        Iteration.ForEachClosing(realm, entries, entry =>
        {
            if (!entry.IsObject)
                throw realm.TypeError($"Iterator value {realm.Describe(entry)} is not an entry object.");
            Value key = entry.Object.GetIndex(realm, 0, entry);
            realm.Call(adder, map, [key, entry.Object.GetIndex(realm, 1, entry)]);
        });
    }

    private static JsMap Self(Realm realm, Value self) => self.As<JsMap>() ?? throw realm.TypeError($"A method of Map was called on {realm.Describe(self)}.");
}

internal static class CollectionIterator
{
    public static BuiltinIterator Of(Realm realm, JsObject prototype, string tag, OrderedEntries data, Func<Value, Value, Value> select)
    {
        int at = 0;
        realm.Allocate(160);
        return new BuiltinIterator(prototype, tag, (Realm _, out Value value) =>
        {
            bool found = data.TryNext(ref at, out Value key, out Value item);
            value = found ? select(key, item) : Value.Undefined;
            return found;
        });
    }
}
