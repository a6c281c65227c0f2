namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Methods that change the array in place.</summary>
internal static class ArrayMutationIntrinsics
{
    public static void Define(JsArray prototype, Builder b)
    {
        b.Method(prototype, "push", 1, Push);
        b.Method(prototype, "pop", 0, Pop);
        b.Method(prototype, "shift", 0, Shift);
        b.Method(prototype, "unshift", 1, Unshift);
        b.Method(prototype, "splice", 2, Splice);
        b.Method(prototype, "reverse", 0, Reverse);
        b.Method(prototype, "fill", 1, Fill);
        b.Method(prototype, "copyWithin", 2, CopyWithin);
        b.Method(prototype, "sort", 1, Sort);
    }

    private static Value Push(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        if (o is JsArray { IsPlain: true } array && array.Length + (uint)a.Length < realm.Limits.ArrayLength)
        {
            foreach (Value item in a)
                array.Add(realm, item);
            return array.Length;
        }

        long length = realm.LengthOf(o);
        if (length + a.Length > 9007199254740991)
            throw realm.TypeError("Pushing would make the array too long.");
        foreach (Value item in a)
            realm.SetAt(o, length++, item);
        realm.SetOrThrow(o, Names.Length, length);
        return length;
    }

    private static Value Pop(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        if (o is JsArray array && array.TryPop(out Value last))
            return last;
        long length = realm.LengthOf(o);
        if (length == 0)
        {
            realm.SetOrThrow(o, Names.Length, 0);
            return Value.Undefined;
        }

        Value item = realm.GetAt(o, length - 1);
        realm.DeleteOrThrow(o, PropertyKey.OfIndex(length - 1));
        realm.SetOrThrow(o, Names.Length, length - 1);
        return item;
    }

    private static Value Shift(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        if (o is JsArray array && array.TryShift(realm, out Value first))
            return first;
        long length = realm.LengthOf(o);
        if (length == 0)
        {
            realm.SetOrThrow(o, Names.Length, 0);
            return Value.Undefined;
        }

        Value item = realm.GetAt(o, 0);
        for (long n = 1; n < length; n++)
            Move(realm, o, n, n - 1);
        realm.DeleteOrThrow(o, PropertyKey.OfIndex(length - 1));
        realm.SetOrThrow(o, Names.Length, length - 1);
        return item;
    }

    private static Value Unshift(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        if (o is JsArray array && array.TrySplice(realm, 0, 0, a))
            return array.Length;
        long length = realm.LengthOf(o);
        if (a.Length > 0)
        {
            if (length + a.Length > 9007199254740991)
                throw realm.TypeError("Unshifting would make the array too long.");
            for (long n = length - 1; n >= 0; n--)
                Move(realm, o, n, n + a.Length);
            for (int n = 0; n < a.Length; n++)
                realm.SetAt(o, n, a[n]);
        }

        realm.SetOrThrow(o, Names.Length, length + a.Length);
        return length + a.Length;
    }

    private static Value Splice(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        long start = Operations.RelativeIndex(realm, a.At(0), length, 0);
        long deleted = a.Length == 0 ? 0 : a.Length == 1 ? length - start : (long)Math.Clamp(Operations.ToInteger(realm, a[1]), 0, length - start);
        ReadOnlySpan<Value> items = a.Length > 2 ? a[2..] : [];
        if (length + items.Length - deleted > 9007199254740991)
            throw realm.TypeError("Splicing would make the array too long.");
        JsObject removed = ArrayIntrinsics.CreateLike(realm, o, deleted);
        for (long n = 0; n < deleted; n++)
        {
            realm.Charge(1);
            if (realm.HasAt(o, start + n))
                realm.CreateDataOrThrow(removed, PropertyKey.OfIndex(n), realm.GetAt(o, start + n));
        }

        realm.SetOrThrow(removed, Names.Length, deleted);
        if (o is JsArray array && array.Length == length && array.TrySplice(realm, (int)start, (int)deleted, items))
            return removed;
        SpliceSlowly(realm, o, length, start, deleted, items);
        return removed;
    }

    private static void SpliceSlowly(Realm realm, JsObject o, long length, long start, long deleted, ReadOnlySpan<Value> items)
    {
        if (items.Length < deleted)
        {
            for (long n = start; n < length - deleted; n++)
                Move(realm, o, n + deleted, n + items.Length);
            for (long n = length; n > length - deleted + items.Length; n--)
                realm.DeleteOrThrow(o, PropertyKey.OfIndex(n - 1));
        }
        else if (items.Length > deleted)
        {
            for (long n = length - deleted; n > start; n--)
                Move(realm, o, n + deleted - 1, n + items.Length - 1);
        }

        for (int n = 0; n < items.Length; n++)
            realm.SetAt(o, start + n, items[n]);
        realm.SetOrThrow(o, Names.Length, length - deleted + items.Length);
    }

    private static void Move(Realm realm, JsObject o, long from, long to)
    {
        realm.Charge(1);
        if (realm.HasAt(o, from))
            realm.SetAt(o, to, realm.GetAt(o, from));
        else
            realm.DeleteOrThrow(o, PropertyKey.OfIndex(to));
    }

    private static Value Reverse(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        for (long low = 0; low < length / 2; low++)
        {
            realm.Charge(1);
            long high = length - 1 - low;
            bool hasLow = realm.HasAt(o, low);
            Value lowItem = hasLow ? realm.GetAt(o, low) : default;
            bool hasHigh = realm.HasAt(o, high);
            Value highItem = hasHigh ? realm.GetAt(o, high) : default;
            if (hasHigh)
                realm.SetAt(o, low, highItem);
            else if (hasLow)
                realm.DeleteOrThrow(o, PropertyKey.OfIndex(low));
            if (hasLow)
                realm.SetAt(o, high, lowItem);
            else if (hasHigh)
                realm.DeleteOrThrow(o, PropertyKey.OfIndex(high));
        }

        return o;
    }

    private static Value Fill(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        long start = Operations.RelativeIndex(realm, a.At(1), length, 0);
        long end = Operations.RelativeIndex(realm, a.At(2), length, length);
        for (long n = start; n < end; n++)
        {
            realm.Charge(1);
            realm.SetAt(o, n, a.At(0));
        }

        return o;
    }

    private static Value CopyWithin(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        long to = Operations.RelativeIndex(realm, a.At(0), length, 0);
        long from = Operations.RelativeIndex(realm, a.At(1), length, 0);
        long end = Operations.RelativeIndex(realm, a.At(2), length, length);
        long count = Math.Min(end - from, length - to);
        bool backwards = from < to && to < from + count;
        for (long n = 0; n < count; n++)
        {
            long offset = backwards ? count - 1 - n : n;
            Move(realm, o, from + offset, to + offset);
        }

        return o;
    }

    private static Value Sort(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        Value comparator = a.At(0);
        if (!comparator.IsUndefined)
            realm.RequireCallable(comparator);
        JsObject o = ArrayIntrinsics.Self(realm, self);
        long length = realm.LengthOf(o);
        List<Value> items = [];
        for (long n = 0; n < length; n++)
        {
            realm.Charge(1);
            if (realm.HasAt(o, n))
                items.Add(realm.GetAt(o, n));
        }

        Value[] sorted = Sorting.Sort(realm, items, comparator);
        for (int n = 0; n < sorted.Length; n++)
            realm.SetAt(o, n, sorted[n]);
        for (long n = sorted.Length; n < length; n++)
        {
            realm.Charge(1);
            if (realm.HasAt(o, n))
                realm.DeleteOrThrow(o, PropertyKey.OfIndex(n));
        }

        return o;
    }
}

/// <summary>A stable merge sort (ECMA-262 §23.1.3.30.1); undefined comes last and is not compared.</summary>
internal static class Sorting
{
    public static Value[] Sort(Realm realm, List<Value> items, Value comparator)
    {
        realm.AllocateItems(2L * items.Count);
        Value[] defined = [.. items.Where(item => !item.IsUndefined)];
        Value[] result = new Value[items.Count];
        if (comparator.IsUndefined)
            SortByText(realm, defined);
        else
            Merge(defined, new Value[defined.Length], (x, y) => Compare(realm, comparator, x, y));
        defined.CopyTo(result, 0);
        return result;
    }

    private static double Compare(Realm realm, Value comparator, Value x, Value y)
    {
        realm.Charge(1);
        return Operations.ToNumber(realm, realm.Call(comparator, Value.Undefined, [x, y]));
    }

    private static void SortByText(Realm realm, Value[] items)
    {
        string[] texts = [.. items.Select(item => Operations.ToString(realm, item))];
        realm.Charge(items.Length * (long)Math.Log2(items.Length + 2));
        int[] order = [.. Enumerable.Range(0, items.Length)];
        Array.Sort(order, (x, y) => string.CompareOrdinal(texts[x], texts[y]) is var c and not 0 ? c : x.CompareTo(y));
        Value[] sorted = [.. order.Select(at => items[at])];
        sorted.CopyTo(items, 0);
    }

    private static void Merge(Value[] items, Value[] spare, Func<Value, Value, double> compare)
    {
        for (int width = 1; width < items.Length; width *= 2)
        {
            for (int low = 0; low < items.Length; low += 2 * width)
            {
                int middle = Math.Min(low + width, items.Length);
                int high = Math.Min(low + (2 * width), items.Length);
                int left = low;
                int right = middle;
                for (int at = low; at < high; at++)
                    spare[at] = left < middle && (right >= high || !(compare(items[left], items[right]) > 0)) ? items[left++] : items[right++];
            }

            spare.CopyTo(items, 0);
        }
    }
}
