namespace EngagementFlows.Scripts.JavaScript;

/// <summary>[[DefineOwnProperty]] (ECMA-262 §10.1.6) and the short forms that the interpreter itself uses.</summary>
internal partial class JsObject
{
    public virtual bool DefineOwn(Realm realm, PropertyKey key, in PropertyDescriptor descriptor)
    {
        int at = Table.Find(key);
        if (at < 0)
        {
            if (!IsExtensible)
                return false;
            Append(realm, key, NewValue(descriptor, default), NewFlags(descriptor, PropertyFlags.None));
            return true;
        }

        Property current = new(_slots[at], _table!.FlagsAt(at));
        if (!MayChange(current, descriptor))
            return false;
        _table = _table.Unshared();
        _table.SetFlagsAt(at, ChangedFlags(current, descriptor));
        _slots[at] = NewValue(descriptor, current.Value);
        return true;
    }

    /// <summary>CreateDataProperty (ECMA-262 §7.3.5).</summary>
    public bool CreateDataProperty(Realm realm, PropertyKey key, Value value)
    {
        if (IsExotic)
            return DefineOwn(realm, key, PropertyDescriptor.Data(value, PropertyFlags.All));
        int at = Table.Find(key);
        if (at >= 0)
            return DefineOwn(realm, key, PropertyDescriptor.Data(value, PropertyFlags.All));
        if (!IsExtensible)
            return false;
        Append(realm, key, value, PropertyFlags.All);
        return true;
    }

    /// <summary>Adds a private element; these ignore extensibility (ECMA-262 §7.3.27).</summary>
    public void AddPrivate(Realm realm, Symbol name, Value value, bool writable)
    {
        if (Table.Find(name) >= 0)
            throw realm.TypeError($"Cannot initialize {name} twice on the same object.");
        Append(realm, name, value, writable ? PropertyFlags.Writable : PropertyFlags.None);
    }

    public bool TryGetPrivate(Symbol name, out Property property) => TryGetOwnRaw(name, out property);

    public void SetPrivate(Symbol name, Value value) => _slots[Table.Find(name)] = value;

    /// <summary>The checks of ValidateAndApplyPropertyDescriptor (ECMA-262 §10.1.6.3).</summary>
    protected static bool MayChange(Property current, in PropertyDescriptor wanted)
    {
        if (current.Flags.HasFlag(PropertyFlags.Configurable))
            return true;
        if (wanted.Configurable == true)
            return false;
        if (wanted.Enumerable is { } enumerable && enumerable != current.Flags.HasFlag(PropertyFlags.Enumerable))
            return false;
        bool isAccessor = current.Value.IsAccessor;
        if (!wanted.IsAccessor && !wanted.IsData)
            return true;
        if (wanted.IsAccessor != isAccessor)
            return false;
        if (isAccessor)
        {
            Accessor accessor = current.Value.Accessor;
            return (!wanted.HasGet || ReferenceEquals(wanted.Get, accessor.Get)) && (!wanted.HasSet || ReferenceEquals(wanted.Set, accessor.Set));
        }

        if (current.Flags.HasFlag(PropertyFlags.Writable))
            return true;
        return wanted.Writable != true && (!wanted.HasValue || Operations.SameValue(wanted.Value, current.Value));
    }

    protected static PropertyFlags ChangedFlags(Property current, in PropertyDescriptor wanted)
    {
        PropertyFlags flags = current.Flags;
        if (wanted.IsAccessor || (wanted.IsData && current.Value.IsAccessor))
            flags &= ~PropertyFlags.Writable;
        return NewFlags(wanted, flags);
    }

    protected static PropertyFlags NewFlags(in PropertyDescriptor wanted, PropertyFlags flags)
    {
        flags = With(flags, PropertyFlags.Enumerable, wanted.Enumerable);
        flags = With(flags, PropertyFlags.Configurable, wanted.Configurable);
        return wanted.IsAccessor ? flags : With(flags, PropertyFlags.Writable, wanted.Writable);

        static PropertyFlags With(PropertyFlags flags, PropertyFlags one, bool? wanted) =>
            wanted is not { } on ? flags : on ? flags | one : flags & ~one;
    }

    protected static Value NewValue(in PropertyDescriptor wanted, Value current)
    {
        if (wanted.IsAccessor)
        {
            Accessor? old = current.IsAccessor ? current.Accessor : null;
            return new Value(new Accessor(wanted.HasGet ? wanted.Get : old?.Get, wanted.HasSet ? wanted.Set : old?.Set));
        }

        if (wanted.HasValue)
            return wanted.Value;
        return current.IsAccessor && wanted.IsData ? Value.Undefined : current;
    }
}
