using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>[[Get]], [[Set]], [[HasProperty]], [[Delete]] and [[OwnPropertyKeys]] of ordinary objects (ECMA-262 §10.1.7 to §10.1.11).</summary>
internal partial class JsObject
{
    public Value Get(Realm realm, PropertyKey key) => Get(realm, key, new Value(this));

    public virtual Value Get(Realm realm, PropertyKey key, Value receiver)
    {
        JsObject o = this;
        for (int hops = 0; ; hops++)
        {
            PropertyTable table = o.Table;
            int at = table.Find(key);
            if (at >= 0)
            {
                Value value = o._slots[at];
                return value.IsAccessor ? CallGetter(realm, value.Accessor, receiver) : value;
            }

            if (o.Prototype is not { } next)
                return Value.Undefined;
            if (hops > FreeHops)
                realm.Charge(1);
            if (next.IsExotic)
                return next.GetDelegated(realm, key, receiver);
            o = next;
        }
    }

    public virtual Value GetIndex(Realm realm, uint index, Value receiver) => Get(realm, PropertyKey.OfIndex(index), receiver);

    public virtual bool SetIndex(Realm realm, uint index, Value value, Value receiver) => Set(realm, PropertyKey.OfIndex(index), value, receiver);

    /// <summary>[[GetOwnProperty]].</summary>
    public virtual bool TryGetOwn(Realm realm, PropertyKey key, out Property property) => TryGetOwnRaw(key, out property);

    public bool HasOwn(Realm realm, PropertyKey key) => TryGetOwn(realm, key, out _);

    public virtual bool Has(Realm realm, PropertyKey key)
    {
        int hops = 0;
        for (JsObject? o = this; o is not null; o = o.Prototype)
        {
            if (o.TryGetOwn(realm, key, out _))
                return true;
            if (hops++ > FreeHops)
                realm.Charge(1);
        }

        return false;
    }

    /// <summary>[[Set]] (ECMA-262 §10.1.9); returns <see langword="false"/> where strict code throws.</summary>
    public virtual bool Set(Realm realm, PropertyKey key, Value value, Value receiver)
    {
        JsObject o = this;
        for (int hops = 0; ; hops++)
        {
            PropertyTable table = o.Table;
            int at = table.Find(key);
            if (at >= 0)
            {
                Value found = o._slots[at];
                if (found.IsAccessor)
                    return CallSetter(realm, found.Accessor, value, receiver);
                bool own = receiver.Is(o);
                if ((table.FlagsAt(at) & PropertyFlags.Writable) == 0)
                {
                    // Intrinsics are frozen, but what inherits from them may shadow them: the override mistake is not made.
                    return o.IsIntrinsic && !own && SetOnReceiver(realm, key, value, receiver);
                }

                if (!own)
                    return SetOnReceiver(realm, key, value, receiver);
                o._slots[at] = value;
                return true;
            }

            if (o.Prototype is not { } next)
                return SetOnReceiver(realm, key, value, receiver);
            if (hops > FreeHops)
                realm.Charge(1);
            if (next.IsExotic)
                return next.SetDelegated(realm, key, value, receiver);
            o = next;
        }
    }

    public virtual bool Delete(Realm realm, PropertyKey key)
    {
        int at = Table.Find(key);
        if (at < 0)
            return true;
        if ((_table!.FlagsAt(at) & PropertyFlags.Configurable) == 0)
            return false;
        _table = _table.Unshared();
        _table.RemoveAt(at);
        _slots[at] = default;
        return true;
    }

    /// <summary>Appends the own keys in the specified order: array indices, strings, symbols (ECMA-262 §10.1.11).</summary>
    public virtual void OwnKeys(Realm realm, List<PropertyKey> keys)
    {
        PropertyTable table = Table;
        realm.Charge(table.Count);
        realm.Allocate(8 * table.Count);
        int start = keys.Count;
        bool symbols = false;
        if (table.HasIndexKeys)
        {
            for (int i = 0; i < table.Count; i++)
            {
                if (!table.IsRemovedAt(i) && table.KeyAt(i).TryIndex(out _))
                    keys.Add(table.KeyAt(i));
            }

            keys.Sort(start, keys.Count - start, IndexOrder.Instance);
        }

        for (int i = 0; i < table.Count; i++)
        {
            if (table.IsRemovedAt(i))
                continue;
            PropertyKey key = table.KeyAt(i);
            if (key.IsSymbol)
                symbols = true;
            else if (!table.HasIndexKeys || !key.TryIndex(out _))
                keys.Add(key);
        }

        for (int i = 0; symbols && i < table.Count; i++)
        {
            if (!table.IsRemovedAt(i) && table.KeyAt(i).Symbol is { IsPrivate: false })
                keys.Add(table.KeyAt(i));
        }
    }

    public List<PropertyKey> OwnKeys(Realm realm)
    {
        List<PropertyKey> keys = [];
        OwnKeys(realm, keys);
        return keys;
    }

    /// <summary>[[SetPrototypeOf]] (ECMA-262 §10.1.2).</summary>
    public virtual bool SetPrototypeOf(Realm realm, JsObject? prototype)
    {
        if (ReferenceEquals(prototype, Prototype))
            return true;
        if (!IsExtensible)
            return false;
        for (JsObject? p = prototype; p is not null; p = p.Prototype)
        {
            realm.Charge(1);
            if (ReferenceEquals(p, this))
                return false;
        }

        Prototype = prototype;
        return true;
    }

    public virtual bool PreventExtensions(Realm realm)
    {
        _ = Table;
        IsExtensible = false;
        return true;
    }

    protected static Value CallGetter(Realm realm, Accessor accessor, Value receiver) =>
        accessor.Get is JsFunction getter ? getter.Call(realm, receiver, []) : Value.Undefined;

    protected static bool CallSetter(Realm realm, Accessor accessor, Value value, Value receiver)
    {
        if (accessor.Set is not JsFunction setter)
            return false;
        setter.Call(realm, receiver, [value]);
        return true;
    }

    /// <summary>The tail of OrdinarySet: the value becomes an own data property of the receiver.</summary>
    protected static bool SetOnReceiver(Realm realm, PropertyKey key, Value value, Value receiver)
    {
        if (!receiver.IsObject)
            return false;
        JsObject target = receiver.Object;
        if (!target.IsExotic)
        {
            PropertyTable table = target.Table;
            int at = table.Find(key);
            if (at < 0)
            {
                if (!target.IsExtensible)
                    return false;
                target.Append(realm, key, value, PropertyFlags.All);
                return true;
            }
        }

        if (target.TryGetOwn(realm, key, out Property existing))
        {
            if (existing.Value.IsAccessor || !existing.Flags.HasFlag(PropertyFlags.Writable))
                return false;
            return target.DefineOwn(realm, key, new PropertyDescriptor { Value = value, HasValue = true });
        }

        return target.DefineOwn(realm, key, PropertyDescriptor.Data(value, PropertyFlags.All));
    }

    private Value GetDelegated(Realm realm, PropertyKey key, Value receiver)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return Get(realm, key, receiver);
    }

    private bool SetDelegated(Realm realm, PropertyKey key, Value value, Value receiver)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return Set(realm, key, value, receiver);
    }

    /// <summary>Sorts keys that are array indices by number.</summary>
    private sealed class IndexOrder : IComparer<PropertyKey>
    {
        public static readonly IndexOrder Instance = new();

        public int Compare(PropertyKey x, PropertyKey y)
        {
            x.TryIndex(out uint left);
            y.TryIndex(out uint right);
            return left.CompareTo(right);
        }
    }
}
