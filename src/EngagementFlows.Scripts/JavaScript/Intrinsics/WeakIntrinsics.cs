namespace EngagementFlows.Scripts.JavaScript;

/// <summary>WeakMap and WeakSet (ECMA-262 §24.3, §24.4); everything is freed when the evaluation ends.</summary>
internal static class WeakIntrinsics
{
    private sealed class JsWeak(JsObject? prototype, bool isMap) : JsObject(prototype)
    {
        public bool IsMap { get; } = isMap;

        public OrderedEntries Data { get; } = new();
    }

    public static void Define(Intrinsics i, Builder b)
    {
        _ = i;
        DefineOne(b, "WeakMap", isMap: true, "set");
        DefineOne(b, "WeakSet", isMap: false, "add");
    }

    private static void DefineOne(Builder b, string name, bool isMap, string adderName)
    {
        JsObject prototype = b.Object();
        b.Constructor(name, 0, prototype, Builder.NeedsNew(name), (realm, a, newTarget) =>
        {
            realm.Allocate(280);
            JsWeak weak = new(realm.PrototypeFrom(newTarget, prototype), isMap);
            if (a.At(0).IsNullish)
                return weak;
            Value adder = weak.Get(realm, adderName);
            realm.RequireCallable(adder);
            Iteration.ForEachClosing(realm, a[0], item =>
            {
                if (!isMap)
                    realm.Call(adder, weak, [item]);
                else if (item.IsObject)
                    realm.Call(adder, weak, [item.Object.GetIndex(realm, 0, item), item.Object.GetIndex(realm, 1, item)]);
                else
                    throw realm.TypeError($"Iterator value {realm.Describe(item)} is not an entry object.");
            });
            return weak;
        });
        b.Method(prototype, adderName, isMap ? 2 : 1, (realm, self, a) =>
        {
            JsWeak weak = Self(realm, self, name, isMap);
            if (!CanBeHeld(realm, a.At(0)))
                throw realm.TypeError($"Invalid value used in {name}: {realm.Describe(a.At(0))}.");
            weak.Data.Set(realm, a[0], a.At(1));
            return self;
        });
        b.Method(prototype, "has", 1, (realm, self, a) => Self(realm, self, name, isMap).Data.Has(a.At(0)));
        b.Method(prototype, "delete", 1, (realm, self, a) => Self(realm, self, name, isMap).Data.Delete(a.At(0)));
        if (isMap)
            b.Method(prototype, "get", 1, (realm, self, a) => Self(realm, self, name, isMap).Data.Get(a.At(0)));
        b.Tag(prototype, name);
    }

    private static bool CanBeHeld(Realm realm, Value value) => value.IsObject || (value.IsSymbol && realm.KeyForSymbol(value.Symbol) is null);

    private static JsWeak Self(Realm realm, Value self, string name, bool isMap) => self.As<JsWeak>() is { } weak && weak.IsMap == isMap
        ? weak
        : throw realm.TypeError($"A method of {name} was called on {realm.Describe(self)}.");
}
