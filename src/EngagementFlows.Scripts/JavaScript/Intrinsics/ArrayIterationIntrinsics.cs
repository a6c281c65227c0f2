namespace EngagementFlows.Scripts.JavaScript;

/// <summary>entries, keys, values, toString and join (ECMA-262 §23.1.3).</summary>
internal static class ArrayIterationIntrinsics
{
    public static Value Define(Intrinsics i, JsArray prototype, Builder b)
    {
        _ = i;
        BuiltinFunction values = b.Method(prototype, "values", 0, (realm, self, _) => Iterate(realm, self, static (_, _, item) => item));
        prototype.DefineRaw(Symbol.Iterator, values, PropertyFlags.Hidden);
        b.Method(prototype, "keys", 0, (realm, self, _) => Iterate(realm, self, static (_, index, _) => index, readsItems: false));
        b.Method(prototype, "entries", 0, (realm, self, _) => Iterate(realm, self, static (realm, index, item) => realm.NewArray([index, item])));
        b.Method(prototype, "join", 1, (realm, self, a) => Join(realm, ArrayIntrinsics.Self(realm, self), a.At(0)));
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            return o.Get(realm, "join").As<JsFunction>() is { } join ? join.Call(realm, o, []) : realm.Call(realm.Intrinsics.ObjectPrototype.Get(realm, Names.ToStringName), o, []);
        });
        b.Method(prototype, "toLocaleString", 0, (realm, self, a) => ToLocaleString(realm, ArrayIntrinsics.Self(realm, self), a.ToArray()));
        return values;
    }

    private static BuiltinIterator Iterate(Realm realm, Value self, Func<Realm, long, Value, Value> select, bool readsItems = true)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        realm.Allocate(160);
        long index = 0;
        return new BuiltinIterator(realm.Intrinsics.ArrayIteratorPrototype, "Array Iterator", (Realm realm, out Value value) =>
        {
            if (index >= realm.LengthOf(o))
            {
                value = default;
                return false;
            }

            value = select(realm, index, readsItems ? realm.GetAt(o, index) : default);
            index++;
            return true;
        });
    }

    private static Value Join(Realm realm, JsObject o, Value separator)
    {
        long length = realm.LengthOf(o);
        string between = separator.IsUndefined ? "," : Operations.ToString(realm, separator);
        return Cyclic.Guard(realm, o, () =>
        {
            TextBuilder text = new(realm);
            for (long n = 0; n < length; n++)
            {
                realm.Charge(1);
                if (n > 0)
                    text.Append(between);
                Value item = realm.GetAt(o, n);
                if (!item.IsNullish)
                    text.Append(Operations.ToString(realm, item));
            }

            return text.ToString();
        });
    }

    private static Value ToLocaleString(Realm realm, JsObject o, Value[] arguments)
    {
        long length = realm.LengthOf(o);
        return Cyclic.Guard(realm, o, () =>
        {
            TextBuilder text = new(realm);
            for (long n = 0; n < length; n++)
            {
                realm.Charge(1);
                if (n > 0)
                    text.Append(",");
                Value item = realm.GetAt(o, n);
                if (!item.IsNullish)
                    text.Append(Operations.ToString(realm, realm.Invoke(item, "toLocaleString", arguments)));
            }

            return text.ToString();
        });
    }
}

/// <summary>Joining an array that contains itself gives nothing for the inner one, as all engines do.</summary>
internal static class Cyclic
{
    public static Value Guard(Realm realm, JsObject o, Func<string> join)
    {
        HashSet<JsObject> open = realm.OpenJoins;
        if (!open.Add(o))
            return string.Empty;
        realm.Descend();
        try
        {
            return join();
        }
        finally
        {
            open.Remove(o);
            realm.Ascend();
        }
    }
}

/// <summary>Builds a text and counts it.</summary>
internal sealed class TextBuilder(Realm realm)
{
    private readonly System.Text.StringBuilder _text = new();

    public int Length => _text.Length;

    public void Append(string part)
    {
        if (_text.Length + part.Length > realm.Limits.StringLength)
            throw realm.LimitReached(LimitKind.StringLength);
        realm.Allocate(2 * part.Length);
        realm.Charge(part.Length >> 6);
        _text.Append(part);
    }

    public void Append(char part)
    {
        if (_text.Length >= realm.Limits.StringLength)
            throw realm.LimitReached(LimitKind.StringLength);
        realm.Allocate(2);
        _text.Append(part);
    }

    public override string ToString()
    {
        realm.Allocate(24 + (2 * _text.Length));
        return _text.ToString();
    }
}
