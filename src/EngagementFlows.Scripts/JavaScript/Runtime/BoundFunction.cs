namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A function with <c>this</c> and first arguments fixed (ECMA-262 §10.4.1).</summary>
internal sealed class BoundFunction : JsFunction
{
    private readonly Value _this;
    private readonly Value[] _arguments;

    public BoundFunction(JsFunction target, Value thisValue, Value[] arguments)
        : base(target.Prototype)
    {
        Target = target;
        _this = thisValue;
        _arguments = arguments;
    }

    public JsFunction Target { get; }

    public override bool IsConstructor => Target.IsConstructor;

    public override Value Call(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        realm.EnterNative();
        return Target.Call(realm, _this, With(realm, arguments));
    }

    public override Value Construct(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget)
    {
        realm.EnterNative();
        return Target.Construct(realm, With(realm, arguments), ReferenceEquals(newTarget, this) ? Target : newTarget);
    }

    private ReadOnlySpan<Value> With(Realm realm, ReadOnlySpan<Value> arguments)
    {
        if (_arguments.Length == 0)
            return arguments;
        realm.AllocateItems(_arguments.Length + arguments.Length);
        return (Value[])[.. _arguments, .. arguments];
    }
}
