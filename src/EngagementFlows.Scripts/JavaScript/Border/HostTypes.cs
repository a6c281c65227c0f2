using System.Globalization;
using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A value of a kind that JavaScript has no type for; immutable.</summary>
internal sealed class HostValue(object plain, JsObject prototype) : JsObject(prototype)
{
    public object Plain { get; } = plain;
}

/// <summary>The objects that stand for <see cref="ScriptType"/>s; made once for each of them and frozen.</summary>
internal static class HostTypes
{
    // Weak: types come from the caller and may go again.
    private static readonly ConditionalWeakTable<ScriptType, JsObject> s_globals = [];
    private static readonly ConditionalWeakTable<ScriptType, JsObject> s_prototypes = [];

    public static JsObject GlobalOf(ScriptType type) => s_globals.GetValue(type, static known => MakeGlobal(known));

    public static JsObject PrototypeOf(ScriptType type)
    {
        GlobalOf(type);
        return s_prototypes.TryGetValue(type, out JsObject? prototype)
            ? prototype
            : throw new InvalidOperationException($"EngagementFlows bug: type '{type.Name}' has no prototype.");
    }

    private static JsObject MakeGlobal(ScriptType type)
    {
        Intrinsics shared = Intrinsics.Shared;
        JsObject global = type.Construct is { } construct
            ? new HostFunction(new NativeFunction(type.Name, construct), shared.FunctionPrototype, construct)
            : new JsObject(shared.ObjectPrototype);
        foreach ((string name, object? value) in type.Statics)
            global.DefineRaw(name, StaticOf(value, shared), PropertyFlags.Enumerable);
        JsObject prototype = new(shared.ObjectPrototype);
        foreach ((string name, NativeBody getter) in type.Getters)
            prototype.DefineRaw(name, new Value(new Accessor(MemberOf(name, getter, shared), null)), PropertyFlags.Configurable);
        foreach ((string name, NativeBody method) in type.Methods)
            prototype.DefineRaw(name, MemberOf(name, method, shared), PropertyFlags.Hidden);
        prototype.DefineRaw(Names.Constructor, global, PropertyFlags.Hidden);
        prototype.DefineRaw(Symbol.ToStringTag, type.Name, PropertyFlags.Configurable);
        if (global.IsCallable)
            global.DefineRaw(Names.Prototype, prototype, PropertyFlags.None);
        prototype.FreezeIntrinsic();
        global.FreezeIntrinsic();
        s_prototypes.AddOrUpdate(type, prototype);
        return global;
    }

    private static Value StaticOf(object? value, Intrinsics shared)
    {
        switch (value)
        {
            case NativeFunction native:
                HostFunction function = new(native, shared.FunctionPrototype);
                function.FreezeIntrinsic();
                return function;
            case null: return Value.Null;
            case string text: return text;
            case bool flag: return flag;
            case double number: return number;
            case long number: return (double)number;
            case decimal number: return (double)number;

            // Needs the types of the program: made when it is read.
            default:
                return new Value(new Accessor(new BuiltinFunction(shared.FunctionPrototype, "get", 0, (realm, _, _) => realm.ToValue(value)), null));
        }
    }

    private static BuiltinFunction MemberOf(string name, NativeBody body, Intrinsics shared)
    {
        BuiltinFunction function = new(shared.FunctionPrototype, name, 0, (realm, thisValue, arguments) => thisValue.As<HostValue>() is { } self
            ? HostCalls.Invoke(realm, body, arguments, self.Plain)
            : throw realm.TypeError($"'{name}' was called on {realm.Describe(thisValue)}, which is of another type."));
        function.FreezeIntrinsic();
        return function;
    }

    /// <summary>The text of a value whose type the program does not know.</summary>
    public static string TextOf(object plain) => plain switch
    {
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        _ => string.Empty,
    };
}
