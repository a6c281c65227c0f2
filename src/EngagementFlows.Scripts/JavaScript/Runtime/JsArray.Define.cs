namespace EngagementFlows.Scripts.JavaScript;

/// <summary>[[DefineOwnProperty]] and the length of arrays (ECMA-262 §10.4.2.1, §10.4.2.4).</summary>
internal sealed partial class JsArray
{
    public override bool DefineOwn(Realm realm, PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (key.Text == Names.Length)
            return DefineLength(realm, descriptor);
        if (!key.TryIndex(out uint index))
            return base.DefineOwn(realm, key, descriptor);
        if (index >= Length && !_isLengthWritable)
            return false;
        realm.CheckArrayLength(index + 1L);
        if (!_isSlow && IsUniform(index, descriptor))
            return DefineDense(realm, index, descriptor);
        MakeSlow(realm);
        if (!base.DefineOwn(realm, key, descriptor))
            return false;
        if (index >= Length)
            Length = index + 1;
        return true;
    }

    public override bool PreventExtensions(Realm realm)
    {
        return base.PreventExtensions(realm);
    }

    /// <summary>Seals or freezes the items at once, where they are dense.</summary>
    public bool TrySetIntegrity(Realm realm, bool frozen)
    {
        if (_isSlow)
            return false;
        base.PreventExtensions(realm);
        _itemFlags &= frozen ? PropertyFlags.Enumerable : PropertyFlags.Enumerable | PropertyFlags.Writable;
        if (frozen)
            _isLengthWritable = false;
        return true;
    }

    /// <summary>ArraySetLength with a value that is a number already.</summary>
    public bool TrySetLength(Realm realm, uint length)
    {
        if (length == Length)
            return true;
        if (!_isLengthWritable || IsIntrinsic)
            return false;
        realm.CheckArrayLength(length);
        if (length > Length)
        {
            Length = length;
            return true;
        }

        if (_isSlow)
            return ShrinkSlow(realm, length);
        if (!_itemFlags.HasFlag(PropertyFlags.Configurable) && _count > length)
        {
            for (int i = _count; i > length; i--)
            {
                if (!_items[i - 1].IsEmpty)
                {
                    Length = (uint)i;
                    return false;
                }
            }
        }

        if (_count > length)
        {
            Array.Clear(_items, (int)length, _count - (int)length);
            _count = (int)length;
        }

        Length = length;
        return true;
    }

    private bool DefineLength(Realm realm, in PropertyDescriptor descriptor)
    {
        uint length = Length;
        if (descriptor.HasValue)
        {
            length = Operations.ToUint32(realm, descriptor.Value);
            if (length != Operations.ToNumber(realm, descriptor.Value))
                throw realm.RangeError("Invalid array length.");
        }

        PropertyFlags flags = _isLengthWritable ? PropertyFlags.Writable : PropertyFlags.None;
        PropertyDescriptor wanted = descriptor;
        wanted.Value = length;
        if (!MayChange(new Property(Length, flags), wanted))
            return false;
        bool done = TrySetLength(realm, length);
        if (descriptor.Writable == false)
            _isLengthWritable = false;
        return done;
    }

    private bool IsUniform(uint index, in PropertyDescriptor descriptor)
    {
        if (descriptor.IsAccessor)
            return false;
        bool exists = index < _count && !_items[index].IsEmpty;
        PropertyFlags current = exists ? _itemFlags : PropertyFlags.None;
        if (!exists && _itemFlags != PropertyFlags.All)
            return false;

        // A far hole would cost memory for nothing: such arrays become slow.
        return NewFlags(descriptor, current) == _itemFlags && (exists || index <= (_count * 2) + 1024u);
    }

    private bool DefineDense(Realm realm, uint index, in PropertyDescriptor descriptor)
    {
        if (index < _count && !_items[index].IsEmpty)
        {
            if (!MayChange(new Property(_items[index], _itemFlags), descriptor))
                return false;
            if (descriptor.HasValue)
                _items[index] = descriptor.Value;
            return true;
        }

        if (!IsExtensible)
            return false;
        int needed = (int)index + 1;
        if (needed > _items.Length)
            Grow(realm, needed);
        if (index > _count)
            _items.AsSpan(_count, (int)index - _count).Fill(Value.Empty);
        _items[index] = descriptor.HasValue ? descriptor.Value : Value.Undefined;
        _count = Math.Max(_count, needed);
        Length = Math.Max(Length, (uint)needed);
        return true;
    }

    private void MakeSlow(Realm realm)
    {
        if (_isSlow)
            return;
        realm.Allocate(64L * _count);
        realm.Charge(_count);
        _isSlow = true;
        for (int i = 0; i < _count; i++)
        {
            if (!_items[i].IsEmpty)
                DefineRaw(PropertyKey.OfIndex(i), _items[i], _itemFlags);
        }

        _items = [];
        _count = 0;
    }

    private bool ShrinkSlow(Realm realm, uint length)
    {
        List<PropertyKey> keys = [];
        base.OwnKeys(realm, keys);
        for (int i = keys.Count - 1; i >= 0; i--)
        {
            if (!keys[i].TryIndex(out uint index) || index < length)
                continue;
            if (!base.Delete(realm, keys[i]))
            {
                Length = index + 1;
                return false;
            }
        }

        Length = length;
        return true;
    }
}
