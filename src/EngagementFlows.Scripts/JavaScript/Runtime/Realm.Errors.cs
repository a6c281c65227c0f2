using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Carries a value that a script threw through .NET frames.</summary>
internal sealed class JsThrow(Value value, int position) : Exception
{
    public Value Value { get; } = value;

    public int Position { get; } = position;

    public override string Message => "A script threw a value.";
}

internal sealed partial class Realm
{
    /// <summary>What a throw costs: unwinding .NET frames is far dearer than a step.</summary>
    private const int ThrowSteps = 400;

    public JsThrow Throw(Value value)
    {
        Charge(ThrowSteps);
        return new JsThrow(value, Position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsThrow TypeError(string message) => Throw(MakeError(Intrinsics.TypeErrorPrototype, message));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsThrow RangeError(string message) => Throw(MakeError(Intrinsics.RangeErrorPrototype, message));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsThrow ReferenceError(string message) => Throw(MakeError(Intrinsics.ReferenceErrorPrototype, message));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsThrow SyntaxError(string message) => Throw(MakeError(Intrinsics.SyntaxErrorPrototype, message));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsThrow UriError(string message) => Throw(MakeError(Intrinsics.UriErrorPrototype, message));

    public JsError MakeError(JsObject prototype, string message)
    {
        Allocate(120 + (2 * message.Length));
        JsError error = new(prototype);
        error.DefineRaw(Names.Message, message, PropertyFlags.Hidden);
        return error;
    }
}

/// <summary>An instance of Error or one of its kinds (ECMA-262 §20.5).</summary>
internal sealed class JsError(JsObject? prototype) : JsObject(prototype)
{
    public override string BuiltinTag => "Error";
}

internal sealed partial class Realm
{
    /// <summary>Turns a fault that a native function threw into an error of the script; a spent budget stays one.</summary>
    public Exception ErrorOf(ScriptFault fault)
    {
        if (Enum.TryParse(fault.Kind, out LimitKind limit) && Enum.IsDefined(limit))
            return new LimitException(limit, fault.Message, Position);
        JsObject prototype = IntrinsicErrorPrototype(fault.Kind == "Syntax" ? "SyntaxError" : fault.Kind);
        return Throw(MakeError(prototype, fault.Message));
    }
}
