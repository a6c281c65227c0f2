namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Anything that can be called.</summary>
internal abstract class JsFunction(JsObject? prototype) : JsObject(prototype)
{
    public override string BuiltinTag => "Function";

    public override bool IsCallable => true;

    public abstract Value Call(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments);

    /// <summary>[[Construct]]; called only if <see cref="JsObject.IsConstructor"/>.</summary>
    public virtual Value Construct(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget) =>
        throw new InvalidOperationException("EngagementFlows bug: a function that is no constructor was asked to construct.");
}

/// <summary>The code of a built-in function.</summary>
internal delegate Value NativeCode(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments);

/// <summary>The code of a built-in constructor when called with <c>new</c> or <c>super</c>.</summary>
internal delegate Value NativeConstructor(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget);

/// <summary>A function of the language itself.</summary>
internal sealed class BuiltinFunction : JsFunction
{
    private readonly NativeCode _code;
    private readonly NativeConstructor? _construct;

    public BuiltinFunction(JsObject prototype, string name, int length, NativeCode code, NativeConstructor? construct = null)
        : base(prototype)
    {
        _code = code;
        _construct = construct;
        DefineRaw(Names.Length, length, PropertyFlags.Configurable);
        DefineRaw(Names.Name, name, PropertyFlags.Configurable);
    }

    public override bool IsConstructor => _construct is not null;

    public override Value Call(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        realm.EnterNative();
        Value result = _code(realm, thisValue, arguments);
        realm.LeaveNative();
        return result;
    }

    public override Value Construct(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget)
    {
        realm.EnterNative();
        Value result = _construct!(realm, arguments, newTarget);
        realm.LeaveNative();
        return result;
    }
}
