namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A property descriptor whose fields may be absent (ECMA-262 §6.2.6).</summary>
internal struct PropertyDescriptor
{
    public Value Value;
    public bool HasValue;
    public JsObject? Get;
    public bool HasGet;
    public JsObject? Set;
    public bool HasSet;
    public bool? Writable;
    public bool? Enumerable;
    public bool? Configurable;

    public readonly bool IsAccessor => HasGet || HasSet;

    public readonly bool IsData => HasValue || Writable is not null;

    public static PropertyDescriptor Data(Value value, PropertyFlags flags) => new()
    {
        Value = value,
        HasValue = true,
        Writable = flags.HasFlag(PropertyFlags.Writable),
        Enumerable = flags.HasFlag(PropertyFlags.Enumerable),
        Configurable = flags.HasFlag(PropertyFlags.Configurable),
    };

    public static PropertyDescriptor Of(Property property)
    {
        if (!property.Value.IsAccessor)
            return Data(property.Value, property.Flags);
        return new()
        {
            Get = property.Value.Accessor.Get,
            HasGet = true,
            Set = property.Value.Accessor.Set,
            HasSet = true,
            Enumerable = property.Flags.HasFlag(PropertyFlags.Enumerable),
            Configurable = property.Flags.HasFlag(PropertyFlags.Configurable),
        };
    }
}

/// <summary>A property as it is: the value (or accessor) and the attributes.</summary>
internal readonly record struct Property(Value Value, PropertyFlags Flags);
