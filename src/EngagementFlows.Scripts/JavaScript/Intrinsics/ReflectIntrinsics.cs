namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Of Reflect (ECMA-262 §28.1): ownKeys, has, get and set.</summary>
internal static class ReflectIntrinsics
{
    public static void Define(Intrinsics i, Builder b)
    {
        JsObject reflect = b.Object();
        i.Global("Reflect", reflect);
        b.Tag(reflect, "Reflect");
        b.Method(reflect, "ownKeys", 1, (realm, _, a) =>
        {
            JsArray keys = realm.NewArray();
            foreach (PropertyKey key in Target(realm, a.At(0)).OwnKeys(realm))
                keys.Add(realm, key.ToValue());
            return keys;
        });
        b.Method(reflect, "has", 2, (realm, _, a) => Target(realm, a.At(0)).Has(realm, Operations.ToPropertyKey(realm, a.At(1))));
        b.Method(reflect, "get", 2, (realm, _, a) => Target(realm, a.At(0)).Get(realm, Operations.ToPropertyKey(realm, a.At(1)), a.Length > 2 ? a[2] : a[0]));
        b.Method(reflect, "set", 3, (realm, _, a) => Target(realm, a.At(0)).Set(realm, Operations.ToPropertyKey(realm, a.At(1)), a.At(2), a.Length > 3 ? a[3] : a[0]));
    }

    private static JsObject Target(Realm realm, Value value) => value.IsObject ? value.Object : throw realm.TypeError("Reflect was called on a value that is no object.");
}
