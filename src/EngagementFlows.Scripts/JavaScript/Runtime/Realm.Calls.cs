namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Operations on objects that throw where strict code does (ECMA-262 §7.3).</summary>
internal sealed partial class Realm
{
    /// <summary>Set with Throw = true (ECMA-262 §7.3.4).</summary>
    public void SetOrThrow(JsObject target, PropertyKey key, Value value)
    {
        if (!target.Set(this, key, value, target))
            throw TypeError($"Cannot assign to read only property '{key}' of {Describe(target)}.");
    }

    public void DefineOrThrow(JsObject target, PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (!target.DefineOwn(this, key, descriptor))
            throw TypeError(target.IsExtensible || target.HasOwn(this, key) ? $"Cannot redefine property: {key}." : $"Cannot define property {key}, object is not extensible.");
    }

    public void DeleteOrThrow(JsObject target, PropertyKey key)
    {
        if (!target.Delete(this, key))
            throw TypeError($"Cannot delete property '{key}' of {Describe(target)}.");
    }

    public void CreateDataOrThrow(JsObject target, PropertyKey key, Value value)
    {
        if (!target.CreateDataProperty(this, key, value))
            throw TypeError($"Cannot add property {key}, object is not extensible.");
    }

    /// <summary>Invoke (ECMA-262 §7.3.21).</summary>
    public Value Invoke(Value target, PropertyKey name, ReadOnlySpan<Value> arguments) =>
        Call(Members.Get(this, target, name, new Span(Position, Position)), target, arguments);

    /// <summary>GetMethod (ECMA-262 §7.3.11); undefined if there is none.</summary>
    public Value GetMethod(Value target, PropertyKey name)
    {
        Value method = Members.Get(this, target, name, new Span(Position, Position));
        if (method.IsNullish)
            return Value.Undefined;
        return method.IsObject && method.Object.IsCallable ? method : throw TypeError($"{Describe(method)} is not a function.");
    }

    public JsFunction RequireCallable(Value value) => value.As<JsFunction>() ?? throw TypeError($"{Describe(value)} is not a function.");

    /// <summary>LengthOfArrayLike (ECMA-262 §7.3.19).</summary>
    public long LengthOf(JsObject o) => o is JsArray array ? array.Length : Operations.ToLength(this, o.Get(this, Names.Length));

    public Value GetAt(JsObject o, long index) => index is >= 0 and < uint.MaxValue ? o.GetIndex(this, (uint)index, o) : o.Get(this, PropertyKey.OfIndex(index));

    public void SetAt(JsObject o, long index, Value value)
    {
        bool done = index is >= 0 and < uint.MaxValue ? o.SetIndex(this, (uint)index, value, o) : o.Set(this, PropertyKey.OfIndex(index), value, o);
        if (!done)
            throw TypeError($"Cannot assign to read only property '{index}' of {Describe(o)}.");
    }

    /// <summary>HasProperty for an index; dense arrays answer without making a name.</summary>
    public bool HasAt(JsObject o, long index)
    {
        if (o is JsArray { IsDense: true } array && index < array.Items.Length && !array.Items[(int)index].IsEmpty)
            return true;
        return o.Has(this, PropertyKey.OfIndex(index));
    }

    /// <summary>SpeciesConstructor (ECMA-262 §7.3.22).</summary>
    public JsObject SpeciesConstructor(JsObject o, JsObject fallback)
    {
        Value constructor = o.Get(this, Names.Constructor);
        if (constructor.IsUndefined)
            return fallback;
        if (!constructor.IsObject)
            throw TypeError("The constructor property is not an object.");
        Value species = constructor.Object.Get(this, Symbol.Species);
        if (species.IsNullish)
            return fallback;
        return species.IsObject && species.Object.IsConstructor ? species.Object : throw TypeError("Symbol.species is not a constructor.");
    }

    public Value Construct(JsObject constructor, ReadOnlySpan<Value> arguments) => ((JsFunction)constructor).Construct(this, arguments, constructor);
}

internal sealed partial class Realm
{
    public string NameOf(JsObject function) => QuietGet(function, Names.Name) is { IsString: true } name ? name.Text : string.Empty;
}
