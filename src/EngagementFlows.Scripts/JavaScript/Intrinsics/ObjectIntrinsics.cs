namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Object (ECMA-262 §20.1).</summary>
internal static class ObjectIntrinsics
{
    public static void Define(Intrinsics i, Builder b)
    {
        BuiltinFunction constructor = b.Constructor("Object", 1, i.ObjectPrototype, (realm, _, a) => Make(realm, a.At(0)), (realm, a, newTarget) =>
            newTarget is ScriptFunction ? realm.OrdinaryCreateFromConstructor(newTarget, realm.Intrinsics.ObjectPrototype) : Make(realm, a.At(0)));
        DefinePrototype(i.ObjectPrototype, b);
        DefineKeys(constructor, b);
        DefineProperties(constructor, b);
        DefineIntegrity(constructor, b);
    }

    private static Value Make(Realm realm, Value value) => value.IsNullish ? realm.NewObject() : Operations.ToObject(realm, value);

    private static void DefinePrototype(JsObject prototype, Builder b)
    {
        b.Method(prototype, "hasOwnProperty", 1, (realm, self, a) =>
        {
            PropertyKey key = Operations.ToPropertyKey(realm, a.At(0));
            return Operations.ToObject(realm, self).HasOwn(realm, key);
        });
        b.Method(prototype, "isPrototypeOf", 1, (realm, self, a) =>
        {
            if (!a.At(0).IsObject)
                return false;
            JsObject wanted = Operations.ToObject(realm, self);
            for (JsObject? o = a[0].Object.Prototype; o is not null; o = o.Prototype)
            {
                realm.Charge(1);
                if (ReferenceEquals(o, wanted))
                    return true;
            }

            return false;
        });
        b.Method(prototype, "propertyIsEnumerable", 1, (realm, self, a) =>
        {
            PropertyKey key = Operations.ToPropertyKey(realm, a.At(0));
            return Operations.ToObject(realm, self).TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable);
        });
        b.Method(prototype, "toLocaleString", 0, (realm, self, _) => realm.Invoke(self, Names.ToStringName, []));
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => TagOf(realm, self));
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => Operations.ToObject(realm, self));
        prototype.DefineRaw("__proto__", new Value(new Accessor(
            b.Function("get __proto__", 0, (realm, self, _) => Operations.ToObject(realm, self).Prototype is { } parent ? parent : Value.Null),
            b.Function("set __proto__", 1, (realm, self, a) =>
            {
                if (self.IsNullish)
                    throw realm.TypeError("Cannot set the prototype of undefined or null.");
                if (self.IsObject && (a.At(0).IsObject || a.At(0).IsNull))
                    SetPrototype(realm, self.Object, a[0]);
                return Value.Undefined;
            }))), PropertyFlags.Configurable);
    }

    private static Value TagOf(Realm realm, Value self)
    {
        if (self.IsUndefined)
            return "[object Undefined]";
        if (self.IsNull)
            return "[object Null]";
        JsObject o = Operations.ToObject(realm, self);
        Value tag = o.Get(realm, Symbol.ToStringTag);
        return $"[object {(tag.IsString ? tag.Text : o.BuiltinTag)}]";
    }

    private static void DefineKeys(JsObject constructor, Builder b)
    {
        b.Method(constructor, "keys", 1, (realm, _, a) => Enumerable(realm, a.At(0), (key, _) => key.ToValue()));
        b.Method(constructor, "values", 1, (realm, _, a) => Enumerable(realm, a.At(0), (key, o) => o.Get(realm, key)));
        b.Method(constructor, "entries", 1, (realm, _, a) => Enumerable(realm, a.At(0), (key, o) => realm.NewArray([key.ToValue(), o.Get(realm, key)])));
        b.Method(constructor, "getOwnPropertyNames", 1, (realm, _, a) => Keys(realm, a.At(0), symbols: false));
        b.Method(constructor, "getOwnPropertySymbols", 1, (realm, _, a) => Keys(realm, a.At(0), symbols: true));
        b.Method(constructor, "assign", 2, (realm, _, a) =>
        {
            JsObject target = Operations.ToObject(realm, a.At(0));
            for (int n = 1; n < a.Length; n++)
                AssignFrom(realm, target, a[n]);
            return target;
        });
        b.Method(constructor, "fromEntries", 1, (realm, _, a) =>
        {
            if (a.At(0).IsNullish)
                throw realm.TypeError($"{realm.Describe(a.At(0))} is not iterable.");
            JsObject result = realm.NewObject();
            Iteration.ForEachClosing(realm, a.At(0), entry =>
            {
                if (!entry.IsObject)
                    throw realm.TypeError($"Iterator value {realm.Describe(entry)} is not an entry object.");
                Value key = entry.Object.GetIndex(realm, 0, entry);
                Value value = entry.Object.GetIndex(realm, 1, entry);
                result.CreateDataProperty(realm, Operations.ToPropertyKey(realm, key), value);
            });
            return result;
        });
        b.Method(constructor, "groupBy", 2, (realm, _, a) =>
        {
            Value callback = a.At(1);
            realm.RequireCallable(callback);
            JsObject groups = new(null);
            long index = 0;
            Iteration.ForEachClosing(realm, a.At(0), item =>
            {
                PropertyKey key = Operations.ToPropertyKey(realm, realm.Call(callback, Value.Undefined, [item, index++]));
                if (!groups.TryGetOwn(realm, key, out Property group))
                {
                    group = new Property(realm.NewArray(), PropertyFlags.All);
                    groups.CreateDataProperty(realm, key, group.Value);
                }

                group.Value.As<JsArray>()!.Add(realm, item);
            });
            return groups;
        });
    }

    private static void AssignFrom(Realm realm, JsObject target, Value source)
    {
        if (source.IsNullish)
            return;
        JsObject from = Operations.ToObject(realm, source);
        foreach (PropertyKey key in from.OwnKeys(realm))
        {
            realm.Charge(1);
            if (from.TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))
                realm.SetOrThrow(target, key, from.Get(realm, key));
        }
    }

    private static JsArray Enumerable(Realm realm, Value value, Func<PropertyKey, JsObject, Value> select)
    {
        JsObject o = Operations.ToObject(realm, value);
        JsArray result = realm.NewArray();
        foreach (PropertyKey key in o.OwnKeys(realm))
        {
            realm.Charge(1);
            if (!key.IsSymbol && o.TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))
                result.Add(realm, select(key, o));
        }

        return result;
    }

    private static JsArray Keys(Realm realm, Value value, bool symbols)
    {
        JsArray result = realm.NewArray();
        foreach (PropertyKey key in Operations.ToObject(realm, value).OwnKeys(realm))
        {
            if (key.IsSymbol == symbols)
                result.Add(realm, key.ToValue());
        }

        return result;
    }

    private static void DefineProperties(JsObject constructor, Builder b)
    {
        b.Method(constructor, "getPrototypeOf", 1, (realm, _, a) => Operations.ToObject(realm, a.At(0)).Prototype is { } parent ? parent : Value.Null);
        b.Method(constructor, "setPrototypeOf", 2, (realm, _, a) =>
        {
            if (a.At(0).IsNullish)
                throw realm.TypeError("Cannot set the prototype of undefined or null.");
            if (!a.At(1).IsObject && !a.At(1).IsNull)
                throw realm.TypeError("Object prototype may only be an object or null.");
            if (a[0].IsObject)
                SetPrototype(realm, a[0].Object, a[1]);
            return a[0];
        });
        b.Method(constructor, "create", 2, (realm, _, a) =>
        {
            if (!a.At(0).IsObject && !a.At(0).IsNull)
                throw realm.TypeError("Object prototype may only be an object or null.");
            realm.Allocate(64);
            JsObject made = new(a[0].IsNull ? null : a[0].Object);
            if (!a.At(1).IsUndefined)
                DefineAll(realm, made, a[1]);
            return made;
        });
        b.Method(constructor, "defineProperty", 3, (realm, _, a) =>
        {
            if (!a.At(0).IsObject)
                throw realm.TypeError("Object.defineProperty called on non-object.");
            PropertyKey key = Operations.ToPropertyKey(realm, a.At(1));
            realm.DefineOrThrow(a[0].Object, key, Descriptors.From(realm, a.At(2)));
            return a[0];
        });
        b.Method(constructor, "defineProperties", 2, (realm, _, a) =>
        {
            if (!a.At(0).IsObject)
                throw realm.TypeError("Object.defineProperties called on non-object.");
            DefineAll(realm, a[0].Object, a.At(1));
            return a[0];
        });
        b.Method(constructor, "getOwnPropertyDescriptor", 2, (realm, _, a) =>
        {
            JsObject o = Operations.ToObject(realm, a.At(0));
            PropertyKey key = Operations.ToPropertyKey(realm, a.At(1));
            return o.TryGetOwn(realm, key, out Property property) ? Descriptors.ToObject(realm, property) : Value.Undefined;
        });
        b.Method(constructor, "getOwnPropertyDescriptors", 1, (realm, _, a) =>
        {
            JsObject o = Operations.ToObject(realm, a.At(0));
            JsObject result = realm.NewObject();
            foreach (PropertyKey key in o.OwnKeys(realm))
            {
                if (o.TryGetOwn(realm, key, out Property property))
                    result.CreateDataProperty(realm, key, Descriptors.ToObject(realm, property));
            }

            return result;
        });
        b.Method(constructor, "is", 2, (_, _, a) => Operations.SameValue(a.At(0), a.At(1)));
        b.Method(constructor, "hasOwn", 2, (realm, _, a) =>
        {
            JsObject o = Operations.ToObject(realm, a.At(0));
            return o.HasOwn(realm, Operations.ToPropertyKey(realm, a.At(1)));
        });
    }

    private static void SetPrototype(Realm realm, JsObject o, Value prototype)
    {
        if (!o.SetPrototypeOf(realm, prototype.IsNull ? null : prototype.Object))
            throw realm.TypeError(o.IsExtensible ? "Cyclic prototype value." : $"{realm.Describe(o)} is not extensible.");
    }

    private static void DefineAll(Realm realm, JsObject target, Value properties)
    {
        JsObject from = Operations.ToObject(realm, properties);
        List<(PropertyKey Key, PropertyDescriptor Descriptor)> all = [];
        foreach (PropertyKey key in from.OwnKeys(realm))
        {
            realm.Charge(1);
            if (from.TryGetOwn(realm, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))
                all.Add((key, Descriptors.From(realm, from.Get(realm, key))));
        }

        foreach ((PropertyKey key, PropertyDescriptor descriptor) in all)
            realm.DefineOrThrow(target, key, descriptor);
    }

    private static void DefineIntegrity(JsObject constructor, Builder b)
    {
        b.Method(constructor, "freeze", 1, (realm, _, a) => SetIntegrity(realm, a.At(0), frozen: true));
        b.Method(constructor, "seal", 1, (realm, _, a) => SetIntegrity(realm, a.At(0), frozen: false));
        b.Method(constructor, "preventExtensions", 1, (realm, _, a) =>
        {
            if (a.At(0).IsObject && !a[0].Object.PreventExtensions(realm))
                throw realm.TypeError("Cannot prevent extensions.");
            return a.At(0);
        });
        b.Method(constructor, "isFrozen", 1, (realm, _, a) => TestIntegrity(realm, a.At(0), PropertyFlags.Configurable | PropertyFlags.Writable));
        b.Method(constructor, "isSealed", 1, (realm, _, a) => TestIntegrity(realm, a.At(0), PropertyFlags.Configurable));
        b.Method(constructor, "isExtensible", 1, (_, _, a) => a.At(0).IsObject && a[0].Object.IsExtensible);
    }

    private static Value SetIntegrity(Realm realm, Value value, bool frozen)
    {
        if (!value.IsObject)
            return value;
        JsObject o = value.Object;
        if (o.IsIntrinsic)
            return value;
        if (o is JsArray array)
            array.TrySetIntegrity(realm, frozen);
        if (o is HostObject { IsExtensible: true } || (o is JsBytes { Length: > 0 } && frozen))
            throw realm.TypeError($"Cannot freeze {realm.Describe(value)}.");
        o.PreventExtensions(realm);
        foreach (PropertyKey key in o.OwnKeys(realm))
        {
            realm.Charge(1);
            if (!o.TryGetOwn(realm, key, out Property property))
                continue;
            PropertyDescriptor descriptor = new() { Configurable = false };
            if (frozen && !property.Value.IsAccessor)
                descriptor.Writable = false;
            realm.DefineOrThrow(o, key, descriptor);
        }

        return value;
    }

    private static Value TestIntegrity(Realm realm, Value value, PropertyFlags absent)
    {
        if (!value.IsObject)
            return true;
        JsObject o = value.Object;
        if (o.IsExtensible)
            return false;
        foreach (PropertyKey key in o.OwnKeys(realm))
        {
            realm.Charge(1);
            if (o.TryGetOwn(realm, key, out Property property) && (property.Flags & (property.Value.IsAccessor ? absent & ~PropertyFlags.Writable : absent)) != 0)
                return false;
        }

        return true;
    }
}
