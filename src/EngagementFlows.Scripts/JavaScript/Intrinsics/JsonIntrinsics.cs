namespace EngagementFlows.Scripts.JavaScript;

/// <summary>JSON (ECMA-262 §25.5).</summary>
internal static class JsonIntrinsics
{
    public static void Define(Intrinsics i, Builder b)
    {
        JsObject json = b.Object();
        i.Global("JSON", json);
        b.Tag(json, "JSON");
        b.Method(json, "parse", 2, (realm, _, a) =>
        {
            string text = Operations.ToString(realm, a.At(0));
            Value value = new JsonReader(realm, text).Read();
            if (a.At(1).As<JsFunction>() is not { } reviver)
                return value;
            JsObject root = realm.NewObject();
            root.DefineRaw(string.Empty, value, PropertyFlags.All);
            return Revive(realm, root, string.Empty, reviver);
        });
        b.Method(json, "stringify", 3, (realm, _, a) => JsonWriter.Write(realm, a.At(0), a.At(1), a.At(2)));
    }

    /// <summary>InternalizeJSONProperty (ECMA-262 §25.5.1.1).</summary>
    private static Value Revive(Realm realm, JsObject holder, PropertyKey name, JsFunction reviver)
    {
        realm.Descend();
        Value value = holder.Get(realm, name);
        if (value.IsObject)
        {
            JsObject o = value.Object;
            List<PropertyKey> keys = [];
            if (o is JsArray)
            {
                long length = realm.LengthOf(o);
                for (long n = 0; n < length; n++)
                    keys.Add(PropertyKey.OfIndex(n));
            }
            else
            {
                keys = o.OwnKeys(realm);
            }

            foreach (PropertyKey key in keys)
            {
                realm.Charge(1);
                if (key.IsSymbol || (o is not JsArray && !(o.TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))))
                    continue;
                Value revived = Revive(realm, o, key, reviver);
                if (revived.IsUndefined)
                    o.Delete(realm, key);
                else
                    o.CreateDataProperty(realm, key, revived);
            }
        }

        realm.Ascend();
        return reviver.Call(realm, holder, [name.ToValue(), value]);
    }
}
