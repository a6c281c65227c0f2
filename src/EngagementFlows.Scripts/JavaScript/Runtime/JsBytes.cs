namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A Uint8Array (ECMA-262 §10.4.5): the form that bytes have in scripts.</summary>
internal sealed class JsBytes : JsObject
{
    private readonly byte[] _bytes;

    public JsBytes(JsObject? prototype, byte[] bytes)
        : base(prototype)
    {
        _bytes = bytes;
        IsExotic = true;
    }

    public int Length => _bytes.Length;

    public Span<byte> Bytes => _bytes;

    public byte[] ToArray() => _bytes.AsSpan().ToArray();

    public override Value GetIndex(Realm realm, uint index, Value receiver) => index < _bytes.Length ? _bytes[index] : Value.Undefined;

    public override bool SetIndex(Realm realm, uint index, Value value, Value receiver)
    {
        byte number = (byte)Operations.ToInt32(realm, value);
        if (index < _bytes.Length)
            _bytes[index] = number;
        return true;
    }

    public override Value Get(Realm realm, PropertyKey key, Value receiver) =>
        key.TryIndex(out uint index) ? GetIndex(realm, index, receiver) : base.Get(realm, key, receiver);

    public override bool Set(Realm realm, PropertyKey key, Value value, Value receiver) =>
        key.TryIndex(out uint index) ? SetIndex(realm, index, value, receiver) : base.Set(realm, key, value, receiver);

    public override bool TryGetOwn(Realm realm, PropertyKey key, out Property property)
    {
        if (!key.TryIndex(out uint index))
            return TryGetOwnRaw(key, out property);
        property = index < _bytes.Length ? new(_bytes[index], PropertyFlags.All) : default;
        return index < _bytes.Length;
    }

    public override bool DefineOwn(Realm realm, PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (!key.TryIndex(out uint index))
            return base.DefineOwn(realm, key, descriptor);
        if (index >= _bytes.Length || descriptor.IsAccessor || descriptor.Configurable == false || descriptor.Enumerable == false || descriptor.Writable == false)
            return false;
        return !descriptor.HasValue || SetIndex(realm, index, descriptor.Value, this);
    }

    public override bool Delete(Realm realm, PropertyKey key) => key.TryIndex(out uint index) ? index >= _bytes.Length : base.Delete(realm, key);

    public override void OwnKeys(Realm realm, List<PropertyKey> keys)
    {
        realm.AllocateItems(_bytes.Length);
        for (int i = 0; i < _bytes.Length; i++)
            keys.Add(PropertyKey.OfIndex(i));
        base.OwnKeys(realm, keys);
    }
}
