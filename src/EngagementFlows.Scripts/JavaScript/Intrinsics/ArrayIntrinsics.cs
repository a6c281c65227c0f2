namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Array (ECMA-262 §23.1): the constructor, and what the methods share.</summary>
internal static class ArrayIntrinsics
{
    public static (JsFunction Constructor, Value Values) Define(Intrinsics i, Builder b)
    {
        JsArray prototype = i.ArrayPrototype;
        BuiltinFunction constructor = b.Constructor("Array", 1, prototype, (realm, _, a) => Make(realm, a, realm.Intrinsics.ArrayPrototype), (realm, a, newTarget) =>
            Make(realm, a, realm.PrototypeFrom(newTarget, realm.Intrinsics.ArrayPrototype)));
        b.Getter(constructor, Symbol.Species, (_, self, _) => self);
        b.Method(constructor, "isArray", 1, (_, _, a) => a.At(0).IsObject && a[0].Object is JsArray);
        b.Method(constructor, "of", 0, (realm, self, a) =>
        {
            JsObject made = MakeBy(realm, self, a.Length);
            for (int n = 0; n < a.Length; n++)
                realm.CreateDataOrThrow(made, PropertyKey.OfIndex(n), a[n]);
            realm.SetOrThrow(made, Names.Length, a.Length);
            return made;
        });
        b.Method(constructor, "from", 1, From);
        Value values = ArrayIterationIntrinsics.Define(i, prototype, b);
        ArrayMutationIntrinsics.Define(prototype, b);
        ArrayCallbackIntrinsics.Define(prototype, b);
        ArrayCopyIntrinsics.Define(prototype, b);
        ArraySearchIntrinsics.Define(prototype, b);
        return (constructor, values);
    }

    public static JsObject Self(Realm realm, Value self) => self.IsObject ? self.Object : Operations.ToObject(realm, self);

    /// <summary>ArraySpeciesCreate (ECMA-262 §10.4.2.2).</summary>
    public static JsObject CreateLike(Realm realm, JsObject original, long length)
    {
        if (original is not JsArray array)
            return NewWithLength(realm, length);
        if (ReferenceEquals(array.Prototype, realm.Intrinsics.ArrayPrototype) && !array.HasOwn(realm, Names.Constructor))
            return NewWithLength(realm, length);
        Value constructor = array.Get(realm, Names.Constructor);
        if (constructor.IsObject)
        {
            constructor = constructor.Object.Get(realm, Symbol.Species);
            if (constructor.IsNull)
                constructor = Value.Undefined;
        }

        if (constructor.IsUndefined)
            return NewWithLength(realm, length);
        if (!constructor.IsObject || !constructor.Object.IsConstructor)
            throw realm.TypeError("Symbol.species is not a constructor.");
        return realm.Construct(constructor.Object, [length]).Object;
    }

    public static JsArray NewWithLength(Realm realm, long length)
    {
        if (length > uint.MaxValue)
            throw realm.RangeError("Invalid array length.");
        JsArray made = realm.NewArray();
        made.TrySetLength(realm, (uint)length);
        return made;
    }

    private static Value Make(Realm realm, ReadOnlySpan<Value> a, JsObject prototype)
    {
        realm.Allocate(88);
        JsArray array = new(prototype, [], 0);
        if (a.Length == 1 && a[0].IsNumber)
        {
            uint length = Operations.ToUint32(realm, a[0]);
            if (length != a[0].Number)
                throw realm.RangeError("Invalid array length.");
            array.TrySetLength(realm, length);
            return array;
        }

        foreach (Value item in a)
            array.Add(realm, item);
        return array;
    }

    private static JsObject MakeBy(Realm realm, Value constructor, long? length)
    {
        if (!constructor.IsObject || !constructor.Object.IsConstructor)
            return NewWithLength(realm, length ?? 0);
        return realm.Construct(constructor.Object, length is { } count ? [count] : []).Object;
    }

    private static Value From(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        Value source = a.At(0);
        Value mapper = a.At(1);
        Value thisArgument = a.At(2);
        if (!mapper.IsUndefined)
            realm.RequireCallable(mapper);
        if (source.IsNullish)
            throw realm.TypeError($"{realm.Describe(source)} is not iterable.");
        long index = 0;
        if (!realm.GetMethod(source, Symbol.Iterator).IsUndefined)
        {
            JsObject made = MakeBy(realm, self, null);
            Iteration.ForEachClosing(realm, source, item => Append(realm, made, item, mapper, thisArgument, index++));
            realm.SetOrThrow(made, Names.Length, index);
            return made;
        }

        JsObject from = Operations.ToObject(realm, source);
        long length = realm.LengthOf(from);
        JsObject result = MakeBy(realm, self, length);
        for (; index < length; index++)
        {
            realm.Charge(1);
            Append(realm, result, realm.GetAt(from, index), mapper, thisArgument, index);
        }

        realm.SetOrThrow(result, Names.Length, length);
        return result;
    }

    private static void Append(Realm realm, JsObject made, Value item, Value mapper, Value thisArgument, long index)
    {
        Value value = mapper.IsUndefined ? item : realm.Call(mapper, thisArgument, [item, index]);
        if (made is JsArray { IsPlain: true } array && array.Length == index)
            array.Add(realm, value);
        else
            realm.CreateDataOrThrow(made, PropertyKey.OfIndex(index), value);
    }
}
