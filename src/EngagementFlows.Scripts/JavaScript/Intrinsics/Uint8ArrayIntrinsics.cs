namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Uint8Array (ECMA-262 §23.2) as a plain sequence of bytes: no buffers to share. Most methods are those of arrays.</summary>
internal static class Uint8ArrayIntrinsics
{
    private static readonly string[] s_shared =
    [
        "at", "copyWithin", "entries", "every", "fill", "find", "findIndex", "findLast", "findLastIndex", "forEach", "includes", "indexOf", "join", "keys",
        "lastIndexOf", "reduce", "reduceRight", "reverse", "some", Names.ToStringName, "toLocaleString", "values",
    ];

    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("Uint8Array", 3, prototype, Builder.NeedsNew("Uint8Array"), (realm, a, newTarget) =>
            new JsBytes(realm.PrototypeFrom(newTarget, prototype), BytesOf(realm, a.At(0))));
        b.Constant(constructor, "BYTES_PER_ELEMENT", 1);
        b.Constant(prototype, "BYTES_PER_ELEMENT", 1);
        b.Method(constructor, "of", 0, (realm, _, a) => Make(realm, ToBytes(realm, a)));
        b.Method(constructor, "from", 1, (realm, _, a) =>
        {
            Value items = realm.Call(realm.Intrinsics.ArrayConstructor.Get(realm, "from"), realm.Intrinsics.ArrayConstructor, a);
            return Make(realm, BytesOf(realm, items));
        });
        foreach (string name in s_shared)
        {
            i.ArrayPrototype.TryGetOwn(null!, name, out Property shared);
            prototype.DefineRaw(name, shared.Value, PropertyFlags.Hidden);
        }

        prototype.DefineRaw(Symbol.Iterator, i.ArrayValues, PropertyFlags.Hidden);
        b.Getter(prototype, Names.Length, (realm, self, _) => Self(realm, self).Length);
        b.Getter(prototype, "byteLength", (realm, self, _) => Self(realm, self).Length);
        b.Getter(prototype, "byteOffset", (_, _, _) => 0);
        b.Getter(prototype, Symbol.ToStringTag, (_, self, _) => self.As<JsBytes>() is null ? Value.Undefined : "Uint8Array");
        DefineCopies(prototype, b);
        return prototype;
    }

    private static void DefineCopies(JsObject prototype, Builder b)
    {
        BuiltinFunction slice = b.Method(prototype, "slice", 2, (realm, self, a) =>
        {
            JsBytes bytes = Self(realm, self);
            int start = (int)Operations.RelativeIndex(realm, a.At(0), bytes.Length, 0);
            int end = (int)Operations.RelativeIndex(realm, a.At(1), bytes.Length, bytes.Length);
            return Make(realm, bytes.Bytes[start..Math.Max(start, end)].ToArray());
        });
        _ = slice;
        b.Method(prototype, "map", 1, (realm, self, a) =>
        {
            JsBytes bytes = Self(realm, self);
            JsFunction callback = realm.RequireCallable(a.At(0));
            byte[] result = new byte[bytes.Length];
            for (int n = 0; n < result.Length; n++)
            {
                realm.Charge(1);
                result[n] = (byte)Operations.ToInt32(realm, callback.Call(realm, a.At(1), [bytes.Bytes[n], n, self]));
            }

            return Make(realm, result);
        });
        b.Method(prototype, "filter", 1, (realm, self, a) =>
        {
            JsBytes bytes = Self(realm, self);
            JsFunction callback = realm.RequireCallable(a.At(0));
            List<byte> result = [];
            for (int n = 0; n < bytes.Length; n++)
            {
                realm.Charge(1);
                if (Operations.ToBoolean(callback.Call(realm, a.At(1), [bytes.Bytes[n], n, self])))
                    result.Add(bytes.Bytes[n]);
            }

            return Make(realm, [.. result]);
        });
        b.Method(prototype, "set", 1, (realm, self, a) =>
        {
            JsBytes bytes = Self(realm, self);
            byte[] source = BytesOf(realm, a.At(0));
            double offset = Operations.ToInteger(realm, a.At(1));
            if (offset < 0 || offset + source.Length > bytes.Length)
                throw realm.RangeError("offset is out of bounds.");
            source.CopyTo(bytes.Bytes[(int)offset..]);
            return Value.Undefined;
        });
        b.Method(prototype, "sort", 1, (realm, self, a) => Sort(realm, Self(realm, self), a.At(0), inPlace: true));
        b.Method(prototype, "toSorted", 1, (realm, self, a) => Sort(realm, Self(realm, self), a.At(0), inPlace: false));
        b.Method(prototype, "toReversed", 0, (realm, self, _) =>
        {
            byte[] copy = Self(realm, self).ToArray();
            Array.Reverse(copy);
            return Make(realm, copy);
        });
    }

    private static JsBytes Sort(Realm realm, JsBytes bytes, Value comparator, bool inPlace)
    {
        realm.Charge(bytes.Length);
        byte[] sorted = bytes.ToArray();
        if (comparator.IsUndefined)
            Array.Sort(sorted);
        else
            sorted = [.. Sorting.Sort(realm, [.. sorted.Select(item => new Value(item))], realm.RequireCallable(comparator)).Select(item => (byte)item.Number)];
        if (!inPlace)
            return Make(realm, sorted);
        sorted.CopyTo(bytes.Bytes);
        return bytes;
    }

    private static JsBytes Make(Realm realm, byte[] bytes)
    {
        realm.Allocate(80 + bytes.Length);
        return new JsBytes(realm.Intrinsics.Uint8ArrayPrototype, bytes);
    }

    private static JsBytes Self(Realm realm, Value self) => self.As<JsBytes>() ?? throw realm.TypeError($"A method of Uint8Array was called on {realm.Describe(self)}.");

    private static byte[] BytesOf(Realm realm, Value source)
    {
        if (source.As<JsBytes>() is { } bytes)
        {
            realm.Allocate(24 + bytes.Length);
            return bytes.ToArray();
        }

        if (source.IsObject)
        {
            Value items = realm.Call(realm.Intrinsics.ArrayConstructor.Get(realm, "from"), realm.Intrinsics.ArrayConstructor, [source]);
            return ToBytes(realm, ((JsArray)items.Object).Items);
        }

        double length = Operations.ToInteger(realm, source);
        if (length is < 0 or > 9007199254740991)
            throw realm.RangeError($"Invalid typed array length: {NumberText.Of(length)}.");
        if (length > realm.Limits.ArrayLength * 8L)
            throw realm.LimitReached(LimitKind.ArrayLength);
        realm.Allocate(24 + (long)length);
        return new byte[(int)length];
    }

    private static byte[] ToBytes(Realm realm, ReadOnlySpan<Value> items)
    {
        realm.Allocate(24 + items.Length);
        byte[] bytes = new byte[items.Length];
        for (int n = 0; n < bytes.Length; n++)
            bytes[n] = items[n].IsEmpty ? (byte)0 : (byte)Operations.ToInt32(realm, items[n]);
        return bytes;
    }
}
