namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The structured clone of HTML §2.7, for the kinds of objects that exist here.</summary>
internal sealed class StructuredClone(Realm realm)
{
    private readonly Dictionary<JsObject, JsObject> _copies = new(ReferenceEqualityComparer.Instance);

    public Value Copy(Value value)
    {
        if (value.IsSymbol)
            throw CannotBeCloned(value);
        if (!value.IsObject)
            return value;
        if (_copies.TryGetValue(value.Object, out JsObject? known))
            return known;
        realm.Descend();
        realm.Allocate(96);
        Value copy = CopyObject(value);
        realm.Ascend();
        return copy;
    }

    private Value CopyObject(Value value)
    {
        switch (value.Object)
        {
            case JsArray array:
                JsArray copy = ArrayIntrinsics.NewWithLength(realm, array.Length);
                _copies.Add(array, copy);
                CopyProperties(array, copy);
                return copy;
            case JsDate date: return Remember(date, date.Clone(realm.Intrinsics.DatePrototype));
            case JsPrimitiveObject { Value.IsSymbol: false } primitive: return Remember(primitive, new JsPrimitiveObject(primitive.Value, realm.PrototypeOf(primitive.Value)));
            case JsStringObject text: return Remember(text, new JsStringObject(text.Text));
            case JsRegExp regex: return Remember(regex, realm.NewRegularExpression(regex.Source, regex.Flags));
            case JsBytes bytes: return Remember(bytes, new JsBytes(realm.Intrinsics.Uint8ArrayPrototype, bytes.ToArray()));
            case JsMap map: return CopyMap(map);
            case JsSet set: return CopySet(set);
            case JsError error: return CopyError(error);
            case HostValue: return value;
            case JsFunction or JsPrimitiveObject or JsPromise or BuiltinIterator: throw CannotBeCloned(value);
            default:
                JsObject plain = realm.NewObject();
                _copies.Add(value.Object, plain);
                CopyProperties(value.Object, plain);
                return plain;
        }
    }

    private JsObject Remember(JsObject original, JsObject copy)
    {
        _copies.Add(original, copy);
        return copy;
    }

    private JsMap CopyMap(JsMap map)
    {
        JsMap copy = new(realm.Intrinsics.MapPrototype);
        _copies.Add(map, copy);
        foreach ((Value key, Value item) in map.Data.Entries().ToList())
            copy.Data.Set(realm, Copy(key), Copy(item));
        return copy;
    }

    private JsSet CopySet(JsSet set)
    {
        JsSet copy = new(realm.Intrinsics.SetPrototype);
        _copies.Add(set, copy);
        foreach (Value key in set.Data.Keys().ToList())
        {
            Value item = Copy(key);
            copy.Data.Set(realm, item, item);
        }

        return copy;
    }

    private JsError CopyError(JsError error)
    {
        Value name = error.Get(realm, Names.Name);
        JsObject prototype = realm.IntrinsicErrorPrototype(name.IsString ? name.Text : "Error");
        JsError copy = new(prototype);
        _copies.Add(error, copy);
        foreach (string key in (string[])[Names.Message, "cause", "stack"])
        {
            if (error.TryGetOwn(realm, key, out Property property) && !property.Value.IsAccessor)
                copy.DefineRaw(key, Copy(property.Value), PropertyFlags.Hidden);
        }

        return copy;
    }

    private void CopyProperties(JsObject from, JsObject to)
    {
        foreach (PropertyKey key in from.OwnKeys(realm))
        {
            realm.Charge(1);
            if (!key.IsSymbol && from.TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))
                to.CreateDataProperty(realm, key, Copy(from.Get(realm, key)));
        }
    }

    private JsThrow CannotBeCloned(Value value) => realm.TypeError($"{realm.Describe(value)} could not be cloned.");
}

internal sealed partial class Realm
{
    public JsObject IntrinsicErrorPrototype(string name) => name switch
    {
        "TypeError" => Intrinsics.TypeErrorPrototype,
        "RangeError" => Intrinsics.RangeErrorPrototype,
        "ReferenceError" => Intrinsics.ReferenceErrorPrototype,
        "SyntaxError" => Intrinsics.SyntaxErrorPrototype,
        "URIError" => Intrinsics.UriErrorPrototype,
        _ => Intrinsics.ErrorPrototype,
    };
}
