namespace EngagementFlows.Scripts.JavaScript;

/// <summary>An object of the host: members are read from it, and written to it as plain values, unless it is frozen.</summary>
internal sealed class HostObject : JsObject
{
    private readonly bool _isFrozen;

    public HostObject(PlainObject plain, bool isFrozen, JsObject prototype)
        : base(prototype)
    {
        Plain = plain;
        _isFrozen = isFrozen;
        IsExotic = true;
        IsExtensible = !isFrozen;
    }

    public PlainObject Plain { get; }

    private PropertyFlags Flags => _isFrozen ? PropertyFlags.Enumerable : PropertyFlags.All;

    public override Value Get(Realm realm, PropertyKey key, Value receiver)
    {
        if (key.Raw is string name && Plain.TryGetValue(name, out object? plain))
            return realm.ToValue(plain, _isFrozen);
        return base.Get(realm, key, receiver);
    }

    public override bool TryGetOwn(Realm realm, PropertyKey key, out Property property)
    {
        if (key.Raw is string name && Plain.TryGetValue(name, out object? plain))
        {
            property = new(realm.ToValue(plain, _isFrozen), Flags);
            return true;
        }

        return TryGetOwnRaw(key, out property);
    }

    public override bool Set(Realm realm, PropertyKey key, Value value, Value receiver)
    {
        if (key.Raw is not string name || !receiver.Is(this))
            return base.Set(realm, key, value, receiver);
        if (_isFrozen || (!IsExtensible && !Plain.ContainsKey(name)))
            return false;
        if (!Plain.ContainsKey(name) && Prototype is { IsIntrinsic: false } prototype && prototype.Has(realm, key))
            return prototype.Set(realm, key, value, receiver);
        Store(realm, name, value);
        return true;
    }

    public override bool DefineOwn(Realm realm, PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (key.Raw is not string name)
            return !_isFrozen && base.DefineOwn(realm, key, descriptor);
        bool exists = Plain.TryGetValue(name, out object? current);
        if (_isFrozen)
            return exists && MayChange(new Property(realm.ToValue(current, true), Flags), descriptor);
        if (!exists && !IsExtensible)
            return false;

        // Data of the host has no getters and no attributes: what cannot be kept is refused.
        if (descriptor.IsAccessor || descriptor.Writable == false || descriptor.Enumerable == false || descriptor.Configurable == false)
            return false;
        if (descriptor.HasValue || !exists)
            Store(realm, name, descriptor.Value);
        return true;
    }

    public override bool Delete(Realm realm, PropertyKey key)
    {
        if (key.Raw is not string name || !Plain.ContainsKey(name))
            return base.Delete(realm, key);
        if (_isFrozen)
            return false;
        Plain.Remove(name);
        return true;
    }

    public override void OwnKeys(Realm realm, List<PropertyKey> keys)
    {
        realm.Charge(Plain.Count);
        int start = keys.Count;
        List<(uint Index, PropertyKey Key)>? indices = null;
        foreach ((string name, _) in Plain)
        {
            if (PropertyKey.TryIndex(name, out uint index))
                (indices ??= []).Add((index, name));
            else
                keys.Add(name);
        }

        if (indices is not null)
            keys.InsertRange(start, indices.OrderBy(pair => pair.Index).Select(pair => pair.Key));
        base.OwnKeys(realm, keys);
    }

    public override bool SetPrototypeOf(Realm realm, JsObject? prototype) => ReferenceEquals(prototype, Prototype);

    private void Store(Realm realm, string name, Value value)
    {
        object? plain = realm.ToPlain(value);
        realm.Allocate(48);
        Plain[name] = plain;
    }
}

/// <summary>A function of the host.</summary>
internal sealed class HostFunction : JsFunction
{
    private readonly NativeFunction _native;
    private readonly NativeBody? _construct;

    public HostFunction(NativeFunction native, JsObject prototype, NativeBody? construct = null)
        : base(prototype)
    {
        _native = native;
        _construct = construct;
        // Scripts call these functions; hardly any asks for their name.
        Postpone();
    }

    public override bool IsConstructor => _construct is not null;

    public override Value Call(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments) => HostCalls.Invoke(realm, _native.Body, arguments, null);

    public override Value Construct(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget) => HostCalls.Invoke(realm, _construct!, arguments, null);

    protected override void Materialize()
    {
        DefineRaw(Names.Length, 0, PropertyFlags.Configurable);
        DefineRaw(Names.Name, _native.Name, PropertyFlags.Configurable);
    }
}

/// <summary>Calls the host with plain values and turns what it throws into errors of the script.</summary>
internal static class HostCalls
{
    public static Value Invoke(Realm realm, NativeBody body, ReadOnlySpan<Value> arguments, object? self)
    {
        realm.EnterNative();
        int shift = self is null ? 0 : 1;
        object?[] plain = new object?[arguments.Length + shift];
        if (self is not null)
            plain[0] = self;
        for (int i = 0; i < arguments.Length; i++)
            plain[i + shift] = realm.ToPlain(arguments[i]);
        int position = realm.Position;
        object? result;
        try
        {
            result = body(realm.Host, plain);
        }
        catch (ScriptException exception)
        {
            realm.Position = position;
            throw realm.ErrorOf(exception.Fault);
        }

        return realm.ToValue(result);
    }
}
