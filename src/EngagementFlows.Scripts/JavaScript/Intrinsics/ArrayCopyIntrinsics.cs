namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Methods that give a new array.</summary>
internal static class ArrayCopyIntrinsics
{
    public static void Define(JsArray prototype, Builder b)
    {
        b.Method(prototype, "slice", 2, Slice);
        b.Method(prototype, "concat", 1, Concat);
        b.Method(prototype, "flat", 0, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            _ = realm.LengthOf(o);
            double depth = a.At(0).IsUndefined ? 1 : Operations.ToInteger(realm, a[0]);
            JsObject result = ArrayIntrinsics.CreateLike(realm, o, 0);
            FlattenItems(realm, result, 0, o, depth);
            return result;
        });
        b.Method(prototype, "toReversed", 0, (realm, self, _) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            if (length > uint.MaxValue)
                throw realm.RangeError("Invalid array length.");
            JsArray result = ArrayIntrinsics.NewWithLength(realm, length);
            for (long n = length - 1; n >= 0; n--)
                realm.CreateDataOrThrow(result, PropertyKey.OfIndex(length - 1 - n), realm.GetAt(o, n));
            return result;
        });
        b.Method(prototype, "toSorted", 1, (realm, self, a) =>
        {
            if (!a.At(0).IsUndefined)
                realm.RequireCallable(a[0]);
            return realm.NewArray(Sorting.Sort(realm, [.. Items(realm, ArrayIntrinsics.Self(realm, self))], a.At(0)));
        });
        b.Method(prototype, "toSpliced", 2, ToSpliced);
        b.Method(prototype, "with", 2, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            double index = Operations.ToInteger(realm, a.At(0));
            double at = index < 0 ? length + index : index;
            if (at < 0 || at >= length)
                throw realm.RangeError("Invalid index.");
            Value[] items = Items(realm, o);
            items[(int)at] = a.At(1);
            return realm.NewArray(items);
        });
    }

    public static void Append(Realm realm, JsObject target, long index, Value item)
    {
        if (target is JsArray { IsPlain: true } array && array.Length == index)
            array.Add(realm, item);
        else
            realm.CreateDataOrThrow(target, PropertyKey.OfIndex(index), item);
    }

    /// <summary>Appends a value, or the items of an array down to a depth (ECMA-262 §23.1.3.13.1).</summary>
    public static long Flatten(Realm realm, JsObject target, long at, Value value, double depth)
    {
        if (depth > 0 && value.As<JsArray>() is { } inner)
            return FlattenItems(realm, target, at, inner, depth - 1);
        Append(realm, target, at, value);
        return at + 1;
    }

    private static long FlattenItems(Realm realm, JsObject target, long at, JsObject source, double depth)
    {
        realm.Descend();
        long length = realm.LengthOf(source);
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            if (realm.HasAt(source, n))
                at = Flatten(realm, target, at, realm.GetAt(source, n), depth);
        }

        realm.Ascend();
        return at;
    }

    /// <summary>All items, holes read as undefined.</summary>
    public static Value[] Items(Realm realm, JsObject o)
    {
        long length = realm.LengthOf(o);
        if (length > uint.MaxValue)
            throw realm.RangeError("Invalid array length.");
        realm.AllocateItems(length);
        Value[] items = new Value[length];
        for (long n = 0; n < length; n++)
            items[n] = realm.GetAt(o, n);
        return items;
    }

    private static Value Slice(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        long start = Operations.RelativeIndex(realm, a.At(0), length, 0);
        long end = Operations.RelativeIndex(realm, a.At(1), length, length);
        JsObject result = ArrayIntrinsics.CreateLike(realm, o, Math.Max(0, end - start));
        bool isPlain = result is JsArray { IsPlain: true };
        long at = 0;
        for (long n = start; n < end; n++, at++)
        {
            realm.Charge(1);
            if (!realm.HasAt(o, n))
                continue;
            Value item = realm.GetAt(o, n);
            if (!isPlain || !((JsArray)result).TryFillHole(realm, (int)at, item))
                realm.CreateDataOrThrow(result, PropertyKey.OfIndex(at), item);
        }

        realm.SetOrThrow(result, Names.Length, at);
        return result;
    }

    private static Value Concat(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        JsObject result = ArrayIntrinsics.CreateLike(realm, o, 0);
        long at = AppendAll(realm, result, 0, o);
        foreach (Value part in a)
            at = AppendAll(realm, result, at, part);
        realm.SetOrThrow(result, Names.Length, at);
        return result;
    }

    private static long AppendAll(Realm realm, JsObject result, long at, Value part)
    {
        if (!IsSpreadable(realm, part))
        {
            Append(realm, result, at, part);
            return at + 1;
        }

        JsObject source = part.Object;
        long length = realm.LengthOf(source);
        if (at + length > 9007199254740991)
            throw realm.TypeError("Concatenating would make the array too long.");
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            if (realm.HasAt(source, n))
                Append(realm, result, at + n, realm.GetAt(source, n));
        }

        return at + length;
    }

    private static bool IsSpreadable(Realm realm, Value value)
    {
        if (!value.IsObject)
            return false;
        Value spreadable = value.Object.Get(realm, Symbol.IsConcatSpreadable);
        return spreadable.IsUndefined ? value.Object is JsArray : Operations.ToBoolean(spreadable);
    }

    private static Value ToSpliced(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        long start = Operations.RelativeIndex(realm, a.At(0), length, 0);
        long skipped = a.Length == 0 ? 0 : a.Length == 1 ? length - start : (long)Math.Clamp(Operations.ToInteger(realm, a[1]), 0, length - start);
        ReadOnlySpan<Value> inserted = a.Length > 2 ? a[2..] : [];
        if (length + inserted.Length - skipped > 9007199254740991)
            throw realm.TypeError("Splicing would make the array too long.");
        JsArray result = ArrayIntrinsics.NewWithLength(realm, 0);
        realm.CheckArrayLength(length - skipped + inserted.Length);
        for (long n = 0; n < start; n++)
            result.Add(realm, realm.GetAt(o, n));
        foreach (Value item in inserted)
            result.Add(realm, item);
        for (long n = start + skipped; n < length; n++)
            result.Add(realm, realm.GetAt(o, n));
        return result;
    }
}
