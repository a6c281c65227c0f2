namespace EngagementFlows.Scripts.JavaScript;

/// <summary>An array (ECMA-262 §10.4.2): dense items with holes, all with the same attributes; or, rarely, properties like any other.</summary>
internal sealed partial class JsArray : JsObject
{
    private Value[] _items;
    private int _count;
    private bool _isSlow;
    private bool _isLengthWritable = true;
    private PropertyFlags _itemFlags = PropertyFlags.All;

    public JsArray(JsObject? prototype, Value[] items, int count)
        : base(prototype)
    {
        _items = items;
        _count = count;
        Length = (uint)count;
        IsExotic = true;
    }

    public uint Length { get; private set; }

    public override string BuiltinTag => "Array";

    /// <summary>Gets whether items can be read from <see cref="Items"/>, holes being empty values.</summary>
    public bool IsDense => !_isSlow;

    /// <summary>Gets the items that exist; those behind them up to <see cref="Length"/> are holes.</summary>
    public ReadOnlySpan<Value> Items => _items.AsSpan(0, _count);

    /// <summary>Gets whether items may be written and added without asking.</summary>
    public bool IsPlain => !_isSlow && _isLengthWritable && IsExtensible && _itemFlags == PropertyFlags.All;

    public bool IsPlainlyIterable(Realm realm) => !_isSlow && ReferenceEquals(Prototype, realm.Intrinsics.ArrayPrototype) && Table.Count == 0;

    /// <summary>Appends to an array that only the interpreter has seen so far, or that <see cref="IsPlain"/>.</summary>
    public void Add(Realm realm, Value value)
    {
        int at = (int)Length;
        if (at >= _items.Length)
            Grow(realm, at + 1);
        if (_count < at)
            _items.AsSpan(_count, at - _count).Fill(Value.Empty);
        _items[at] = value;
        _count = at + 1;
        Length = (uint)_count;
    }

    /// <summary>Sets the next item of an array that was made with its final length.</summary>
    public bool TryFillHole(Realm realm, int index, Value value)
    {
        if (_isSlow || index != _count || index >= Length || !IsPlain)
            return false;
        if (index >= _items.Length)
            Grow(realm, Math.Min((int)Length, Math.Max(16, index * 2)));
        _items[_count++] = value;
        return true;
    }

    /// <summary>Drops and returns the last item of an array that <see cref="IsPlain"/> and has no holes at its end.</summary>
    public bool TryPop(out Value value)
    {
        value = default;
        if (!IsPlain || _count == 0 || _count != Length || _items[_count - 1].IsEmpty)
            return false;
        value = _items[--_count];
        _items[_count] = default;
        Length = (uint)_count;
        return true;
    }

    /// <summary>Drops and returns the first item of an array that <see cref="IsPlain"/> and has no holes.</summary>
    public bool TryShift(Realm realm, out Value value)
    {
        value = default;
        if (!IsPlain || _count == 0 || _count != Length || Items.IndexOfHole() >= 0)
            return false;
        realm.Charge(_count >> 3);
        value = _items[0];
        Array.Copy(_items, 1, _items, 0, --_count);
        _items[_count] = default;
        Length = (uint)_count;
        return true;
    }

    /// <summary>Puts items in place of others in an array that <see cref="IsPlain"/> and has no holes.</summary>
    public bool TrySplice(Realm realm, int start, int deleted, ReadOnlySpan<Value> inserted)
    {
        if (!IsPlain || _count != Length || Items.IndexOfHole() >= 0)
            return false;
        int count = _count - deleted + inserted.Length;
        realm.Charge((_count - start) >> 3);
        if (count > _items.Length)
            Grow(realm, count);
        Value[] copy = inserted.ToArray();
        Array.Copy(_items, start + deleted, _items, start + copy.Length, _count - start - deleted);
        copy.CopyTo(_items.AsSpan(start));
        if (count < _count)
            Array.Clear(_items, count, _count - count);
        _count = count;
        Length = (uint)count;
        return true;
    }

    public override Value GetIndex(Realm realm, uint index, Value receiver)
    {
        if (index < (uint)_count && !_isSlow)
        {
            Value value = _items[index];
            if (!value.IsEmpty)
                return value;
        }

        if (!_isSlow && Prototype is { IsIntrinsic: true })
            return Value.Undefined;
        return base.GetIndex(realm, index, receiver);
    }

    public override bool SetIndex(Realm realm, uint index, Value value, Value receiver)
    {
        if (!_isSlow && receiver.Is(this) && (_itemFlags & PropertyFlags.Writable) != 0)
        {
            if (index < (uint)_count && !_items[index].IsEmpty)
            {
                _items[index] = value;
                return true;
            }

            if (index == Length && IsPlain && Prototype is { IsIntrinsic: true } && index < realm.Limits.ArrayLength)
            {
                Add(realm, value);
                return true;
            }
        }

        return base.SetIndex(realm, index, value, receiver);
    }

    public override Value Get(Realm realm, PropertyKey key, Value receiver)
    {
        if (ReferenceEquals(key.Raw, Names.Length))
            return Length;
        return TryGetOwn(realm, key, out Property property)
            ? property.Value.IsAccessor ? CallGetter(realm, property.Value.Accessor, receiver) : property.Value
            : Prototype is { } parent ? GetFrom(realm, parent, key, receiver) : Value.Undefined;
    }

    public override bool Set(Realm realm, PropertyKey key, Value value, Value receiver)
    {
        if (!TryGetOwn(realm, key, out Property property))
            return Prototype is { } parent ? SetOn(realm, parent, key, value, receiver) : SetOnReceiver(realm, key, value, receiver);
        if (property.Value.IsAccessor)
            return CallSetter(realm, property.Value.Accessor, value, receiver);
        bool shadows = IsIntrinsic && !receiver.Is(this);
        return (shadows || property.Flags.HasFlag(PropertyFlags.Writable)) && SetOnReceiver(realm, key, value, receiver);
    }

    public override bool TryGetOwn(Realm realm, PropertyKey key, out Property property)
    {
        if (key.Raw is string text)
        {
            if (text == Names.Length)
            {
                property = new(Length, _isLengthWritable ? PropertyFlags.Writable : PropertyFlags.None);
                return true;
            }

            if (!_isSlow && PropertyKey.TryIndex(text, out uint index))
            {
                property = index < _count ? new(_items[index], _itemFlags) : default;
                return index < _count && !_items[index].IsEmpty;
            }
        }

        return TryGetOwnRaw(key, out property);
    }

    public override bool Delete(Realm realm, PropertyKey key)
    {
        if (key.Text == Names.Length)
            return false;
        if (_isSlow || !key.TryIndex(out uint index))
            return base.Delete(realm, key);
        if (index >= _count || _items[index].IsEmpty)
            return true;
        if (!_itemFlags.HasFlag(PropertyFlags.Configurable))
            return false;
        _items[index] = Value.Empty;
        return true;
    }

    public override void OwnKeys(Realm realm, List<PropertyKey> keys)
    {
        realm.Charge(_count);
        realm.Allocate(8 * _count);
        int start = keys.Count;
        for (int i = 0; !_isSlow && i < _count; i++)
        {
            if (!_items[i].IsEmpty)
                keys.Add(PropertyKey.OfIndex(i));
        }

        base.OwnKeys(realm, keys);
        int at = keys.FindIndex(start, key => !key.TryIndex(out _));
        keys.Insert(at < 0 ? keys.Count : at, Names.Length);
    }

    private static Value GetFrom(Realm realm, JsObject parent, PropertyKey key, Value receiver)
    {
        if (parent.IsExotic)
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return parent.Get(realm, key, receiver);
    }

    private static bool SetOn(Realm realm, JsObject parent, PropertyKey key, Value value, Value receiver)
    {
        if (parent.IsExotic)
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return parent.Set(realm, key, value, receiver);
    }

    private void Grow(Realm realm, int least)
    {
        realm.CheckArrayLength(least);
        int capacity = Math.Max(least, Math.Max(4, Math.Min(_items.Length * 2, realm.Limits.ArrayLength)));
        realm.Allocate(16L * (capacity - _items.Length));
        realm.Charge(_count >> 3);
        Array.Resize(ref _items, capacity);
    }
}

internal static class ValueSpans
{
    public static int IndexOfHole(this ReadOnlySpan<Value> items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].IsEmpty)
                return i;
        }

        return -1;
    }

    /// <summary>The argument at a place, or undefined.</summary>
    public static Value At(this ReadOnlySpan<Value> arguments, int index) => index < arguments.Length ? arguments[index] : Value.Undefined;
}
