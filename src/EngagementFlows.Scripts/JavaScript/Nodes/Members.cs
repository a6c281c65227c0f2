namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Reading and writing members of any value (ECMA-262 §6.2.5.5, §6.2.5.6), with the messages when it fails.</summary>
internal static class Members
{
    public static Value Get(Realm realm, Value target, PropertyKey key, Span span)
    {
        realm.Position = span.Start;
        if (target.IsObject)
            return target.Object.Get(realm, key, target);
        if (target.IsNullish)
            throw NullishRead(realm, target, key.ToString(), span);
        if (target.IsString)
        {
            if (key.Text == Names.Length)
                return target.TextLength;
            if (key.TryIndex(out uint index) && index < target.TextLength)
                return realm.CharacterAt(target.Text, (int)index);
        }

        return realm.PrototypeOf(target).Get(realm, key, target);
    }

    public static Value GetIndex(Realm realm, Value target, Value key, Span span)
    {
        if (key.IsNumber)
        {
            double number = key.Number;
            uint index = (uint)number;
            if (index == number && index != uint.MaxValue)
            {
                if (target.IsObject)
                {
                    realm.Position = span.Start;
                    return target.Object.GetIndex(realm, index, target);
                }

                if (target.IsString && index < target.TextLength)
                    return realm.CharacterAt(target.Text, (int)index);
            }
        }

        if (target.IsNullish)
            throw NullishRead(realm, target, realm.Describe(key), span);
        return Get(realm, target, Operations.ToPropertyKey(realm, key), span);
    }

    public static void Set(Realm realm, Value target, PropertyKey key, Value value, Span span)
    {
        if (target.IsObject)
        {
            if (!target.Object.Set(realm, key, value, target))
                throw ReadOnly(realm, target, key, span);
            return;
        }

        realm.Position = span.Start;
        if (target.IsNullish)
            throw realm.TypeError($"Cannot set properties of {Operations.TypeOf(target).Replace("object", "null", StringComparison.Ordinal)} (setting '{key}'): {realm.Program.TextOf(span)}.");
        if (target.IsString && (key.Text == Names.Length || (key.TryIndex(out uint index) && index < target.TextLength)))
            throw ReadOnly(realm, target, key, span);
        if (!realm.PrototypeOf(target).Set(realm, key, value, target))
            throw realm.TypeError($"Cannot create property '{key}' on {realm.Describe(target)}.");
    }

    public static void SetIndex(Realm realm, Value target, Value key, Value value, Span span)
    {
        if (target.IsObject && key.IsNumber)
        {
            double number = key.Number;
            uint index = (uint)number;
            if (index == number && index != uint.MaxValue)
            {
                realm.Position = span.Start;
                if (!target.Object.SetIndex(realm, index, value, target))
                    throw ReadOnly(realm, target, PropertyKey.OfIndex(index), span);
                return;
            }
        }

        realm.Position = span.Start;
        if (target.IsNullish)
            throw realm.TypeError($"Cannot set properties of {(target.IsNull ? "null" : "undefined")} (setting '{realm.Describe(key)}'): {realm.Program.TextOf(span)}.");
        Set(realm, target, Operations.ToPropertyKey(realm, key), value, span);
    }

    public static Value GetPrivate(Realm realm, Value target, Symbol name)
    {
        if (!target.IsObject || !target.Object.TryGetPrivate(name, out Property property))
            throw realm.TypeError($"Cannot read private member {name} from an object whose class did not declare it.");
        if (!property.Value.IsAccessor)
            return property.Value;
        return property.Value.Accessor.Get is JsFunction getter
            ? getter.Call(realm, target, [])
            : throw realm.TypeError($"'{name}' was defined without a getter.");
    }

    public static void SetPrivate(Realm realm, Value target, Symbol name, Value value)
    {
        if (!target.IsObject || !target.Object.TryGetPrivate(name, out Property property))
            throw realm.TypeError($"Cannot write private member {name} to an object whose class did not declare it.");
        if (property.Value.IsAccessor)
        {
            if (property.Value.Accessor.Set is not JsFunction setter)
                throw realm.TypeError($"'{name}' was defined without a setter.");
            setter.Call(realm, target, [value]);
            return;
        }

        if (!property.Flags.HasFlag(PropertyFlags.Writable))
            throw realm.TypeError($"Private method '{name}' is not writable.");
        target.Object.SetPrivate(name, value);
    }

    public static JsThrow NullishRead(Realm realm, Value target, string key, Span span)
    {
        realm.Position = span.Start;
        return realm.TypeError($"Cannot read properties of {(target.IsNull ? "null" : "undefined")} (reading '{key}'): {realm.Program.TextOf(span)}.");
    }

    private static JsThrow ReadOnly(Realm realm, Value target, PropertyKey key, Span span)
    {
        realm.Position = span.Start;
        JsObject? o = target.IsObject ? target.Object : null;
        if (o is { IsExtensible: false } && !o.HasOwn(realm, key))
            return realm.TypeError($"Cannot add property {key}, object is not extensible: {realm.Program.TextOf(span)}.");
        return realm.TypeError($"Cannot assign to read only property '{key}' of {realm.Describe(target)}: {realm.Program.TextOf(span)}.");
    }
}
