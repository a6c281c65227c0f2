namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A Boolean, Number or Symbol object.</summary>
internal sealed class JsPrimitiveObject(Value value, JsObject? prototype) : JsObject(prototype)
{
    public Value Value { get; } = value;

    public override string BuiltinTag => Value.Kind switch
    {
        Kind.Boolean => "Boolean",
        Kind.Number => "Number",
        _ => "Object",
    };
}

/// <summary>A String object: its characters are properties (ECMA-262 §10.4.3).</summary>
internal sealed class JsStringObject : JsObject
{
    public JsStringObject(string text, JsObject? prototype = null)
        : base(prototype ?? JavaScript.Intrinsics.Shared.StringPrototype)
    {
        Text = text;
        IsExotic = true;
    }

    public string Text { get; }

    public override string BuiltinTag => "String";

    public override Value Get(Realm realm, PropertyKey key, Value receiver) =>
        TryGetText(key, out Property property) ? property.Value : base.Get(realm, key, receiver);

    public override bool TryGetOwn(Realm realm, PropertyKey key, out Property property) =>
        TryGetText(key, out property) || TryGetOwnRaw(key, out property);

    public override bool Set(Realm realm, PropertyKey key, Value value, Value receiver) =>
        !TryGetText(key, out _) && base.Set(realm, key, value, receiver);

    public override bool Delete(Realm realm, PropertyKey key) => !TryGetText(key, out _) && base.Delete(realm, key);

    public override bool DefineOwn(Realm realm, PropertyKey key, in PropertyDescriptor descriptor) =>
        TryGetText(key, out Property property) ? MayChange(property, descriptor) : base.DefineOwn(realm, key, descriptor);

    public override void OwnKeys(Realm realm, List<PropertyKey> keys)
    {
        realm.AllocateItems(Text.Length);
        for (int i = 0; i < Text.Length; i++)
            keys.Add(PropertyKey.OfIndex(i));
        base.OwnKeys(realm, keys);
        int length = keys.FindIndex(Text.Length, key => key.IsSymbol);
        keys.Insert(length < 0 ? keys.Count : length, Names.Length);
    }

    private bool TryGetText(PropertyKey key, out Property property)
    {
        if (key.TryIndex(out uint index) && index < Text.Length)
        {
            property = new(Text[(int)index].ToString(), PropertyFlags.Enumerable);
            return true;
        }

        property = new(Text.Length, PropertyFlags.None);
        return key.Text == Names.Length;
    }
}
