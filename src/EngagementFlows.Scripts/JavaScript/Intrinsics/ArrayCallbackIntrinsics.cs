namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Methods that call a function for each item.</summary>
internal static class ArrayCallbackIntrinsics
{
    /// <summary>What a method does with the answer for one item; <see langword="true"/> ends the loop.</summary>
    private delegate bool OnItem(Value item, long index, Value answer);

    public static void Define(JsArray prototype, Builder b)
    {
        b.Method(prototype, "forEach", 1, (realm, self, a) =>
        {
            Each(realm, ArrayIntrinsics.Self(realm, self), a, static (_, _, _) => false);
            return Value.Undefined;
        });
        b.Method(prototype, "map", 1, Map);
        b.Method(prototype, "filter", 1, Filter);
        b.Method(prototype, "some", 1, (realm, self, a) =>
        {
            bool found = false;
            Each(realm, ArrayIntrinsics.Self(realm, self), a, (_, _, answer) => found = Operations.ToBoolean(answer));
            return found;
        });
        b.Method(prototype, "every", 1, (realm, self, a) =>
        {
            bool failed = false;
            Each(realm, ArrayIntrinsics.Self(realm, self), a, (_, _, answer) => failed = !Operations.ToBoolean(answer));
            return !failed;
        });
        b.Method(prototype, "reduce", 1, (realm, self, a) => Reduce(realm, self, a, fromRight: false));
        b.Method(prototype, "reduceRight", 1, (realm, self, a) => Reduce(realm, self, a, fromRight: true));
        b.Method(prototype, "find", 1, (realm, self, a) => Find(realm, self, a, fromEnd: false).Item);
        b.Method(prototype, "findIndex", 1, (realm, self, a) => Find(realm, self, a, fromEnd: false).Index);
        b.Method(prototype, "findLast", 1, (realm, self, a) => Find(realm, self, a, fromEnd: true).Item);
        b.Method(prototype, "findLastIndex", 1, (realm, self, a) => Find(realm, self, a, fromEnd: true).Index);
        b.Method(prototype, "flatMap", 1, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            _ = realm.LengthOf(o);
            realm.RequireCallable(a.At(0));
            JsObject result = ArrayIntrinsics.CreateLike(realm, o, 0);
            long at = 0;
            Each(realm, o, a, (_, _, answer) =>
            {
                at = ArrayCopyIntrinsics.Flatten(realm, result, at, answer, 1);
                return false;
            });
            return result;
        });
    }

    private static void Each(Realm realm, JsObject o, ReadOnlySpan<Value> a, OnItem onItem)
    {
        long length = realm.LengthOf(o);
        JsFunction callback = realm.RequireCallable(a.At(0));
        Value thisArgument = a.At(1);
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            if (!realm.HasAt(o, n))
                continue;
            Value item = realm.GetAt(o, n);
            if (onItem(item, n, callback.Call(realm, thisArgument, [item, n, o])))
                return;
        }
    }

    private static Value Map(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        JsFunction callback = realm.RequireCallable(a.At(0));
        Value thisArgument = a.At(1);
        JsObject result = ArrayIntrinsics.CreateLike(realm, o, length);
        JsArray? plain = result is JsArray { IsPlain: true } array && ReferenceEquals(array.Prototype, realm.Intrinsics.ArrayPrototype) ? array : null;
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            if (!realm.HasAt(o, n))
                continue;
            Value value = callback.Call(realm, thisArgument, [realm.GetAt(o, n), n, o]);
            if (plain is null || !plain.TryFillHole(realm, (int)n, value))
                realm.CreateDataOrThrow(result, PropertyKey.OfIndex(n), value);
        }

        return result;
    }

    private static Value Filter(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        _ = realm.LengthOf(o);
        realm.RequireCallable(a.At(0));
        JsObject result = ArrayIntrinsics.CreateLike(realm, o, 0);
        long at = 0;
        Each(realm, o, a, (item, _, answer) =>
        {
            if (Operations.ToBoolean(answer))
                ArrayCopyIntrinsics.Append(realm, result, at++, item);
            return false;
        });
        return result;
    }

    private static Value Reduce(Realm realm, Value self, ReadOnlySpan<Value> a, bool fromRight)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        JsFunction callback = realm.RequireCallable(a.At(0));
        bool has = a.Length > 1;
        Value sum = a.At(1);
        for (long n = 0; n < length; n++)
        {
            long at = fromRight ? length - 1 - n : n;
            realm.Charge(1);
            if (!realm.HasAt(o, at))
                continue;
            Value item = realm.GetAt(o, at);
            sum = has ? callback.Call(realm, Value.Undefined, [sum, item, at, o]) : item;
            has = true;
        }

        return has ? sum : throw realm.TypeError("Reduce of empty array with no initial value.");
    }

    private static (Value Item, Value Index) Find(Realm realm, Value self, ReadOnlySpan<Value> a, bool fromEnd)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        JsFunction callback = realm.RequireCallable(a.At(0));
        for (long n = 0; n < length; n++)
        {
            long at = fromEnd ? length - 1 - n : n;
            realm.Charge(1);
            Value item = realm.GetAt(o, at);
            if (Operations.ToBoolean(callback.Call(realm, a.At(1), [item, at, o])))
                return (item, at);
        }

        return (Value.Undefined, -1);
    }
}
