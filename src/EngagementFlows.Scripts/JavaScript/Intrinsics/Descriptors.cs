namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Property descriptors as objects of the script (ECMA-262 §6.2.6.4, §6.2.6.5).</summary>
internal static class Descriptors
{
    public static PropertyDescriptor From(Realm realm, Value value)
    {
        if (!value.IsObject)
            throw realm.TypeError($"Property description must be an object: {realm.Describe(value)}.");
        JsObject o = value.Object;
        PropertyDescriptor descriptor = new()
        {
            Enumerable = Flag(realm, o, "enumerable"),
            Configurable = Flag(realm, o, "configurable"),
        };
        if (o.Has(realm, Names.Value))
        {
            descriptor.HasValue = true;
            descriptor.Value = o.Get(realm, Names.Value);
        }

        descriptor.Writable = Flag(realm, o, "writable");
        descriptor.HasGet = TryFunction(realm, o, "get", out descriptor.Get);
        descriptor.HasSet = TryFunction(realm, o, "set", out descriptor.Set);
        if (descriptor.IsAccessor && descriptor.IsData)
            throw realm.TypeError("A property description cannot have both accessors and a value or the writable attribute.");
        return descriptor;
    }

    public static Value ToObject(Realm realm, Property property)
    {
        JsObject o = realm.NewObject();
        if (property.Value.IsAccessor)
        {
            Accessor accessor = property.Value.Accessor;
            o.DefineRaw("get", accessor.Get is { } getter ? getter : Value.Undefined, PropertyFlags.All);
            o.DefineRaw("set", accessor.Set is { } setter ? setter : Value.Undefined, PropertyFlags.All);
        }
        else
        {
            o.DefineRaw(Names.Value, property.Value, PropertyFlags.All);
            o.DefineRaw("writable", property.Flags.HasFlag(PropertyFlags.Writable), PropertyFlags.All);
        }

        o.DefineRaw("enumerable", property.Flags.HasFlag(PropertyFlags.Enumerable), PropertyFlags.All);
        o.DefineRaw("configurable", property.Flags.HasFlag(PropertyFlags.Configurable), PropertyFlags.All);
        return o;
    }

    private static bool? Flag(Realm realm, JsObject o, string name) => o.Has(realm, name) ? Operations.ToBoolean(o.Get(realm, name)) : null;

    private static bool TryFunction(Realm realm, JsObject o, string name, out JsObject? function)
    {
        function = null;
        if (!o.Has(realm, name))
            return false;
        Value value = o.Get(realm, name);
        if (!value.IsUndefined && !(value.IsObject && value.Object.IsCallable))
            throw realm.TypeError($"A property description's '{name}' must be a function, but is {realm.Describe(value)}.");
        function = value.IsUndefined ? null : value.Object;
        return true;
    }
}
