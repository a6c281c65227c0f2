namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A call (ECMA-262 §13.3.6); one subclass for each way to find the function and its <c>this</c>.</summary>
internal abstract class CallNode(Node[] arguments, bool isOptional, Span span, Span calleeSpan) : Node
{
    private readonly bool _spreads = arguments.Any(argument => argument is SpreadNode);

    protected Span CalleeSpan => calleeSpan;

    protected Value Invoke(Frame frame, Value callee, Value thisValue)
    {
        Realm realm = frame.Realm;
        if (callee.IsNullish && isOptional)
            return Value.Empty;
        int top = realm.ArgumentTop;
        PushArguments(frame, arguments, _spreads);
        realm.Position = span.Start;
        if (!callee.IsObject || callee.Object is not JsFunction function)
            throw NotCallable(realm, callee);
        Value result = function.Call(realm, thisValue, realm.ArgumentsFrom(top));
        realm.ArgumentTop = top;
        return result;
    }

    public static void PushArguments(Frame frame, Node[] arguments, bool spreads)
    {
        Realm realm = frame.Realm;
        if (!spreads)
        {
            foreach (Node argument in arguments)
                realm.Push(argument.Evaluate(frame));
            return;
        }

        foreach (Node argument in arguments)
        {
            if (argument is SpreadNode spread)
                Iteration.ForEach(realm, spread.Operand.Evaluate(frame), value => realm.PushCounted(value));
            else
                realm.Push(argument.Evaluate(frame));
        }
    }

    private JsThrow NotCallable(Realm realm, Value callee) =>
        realm.TypeError($"{realm.Program.TextOf(calleeSpan)} is not a function{(callee.IsObject || callee.IsUndefined ? string.Empty : $" but {realm.Describe(callee)}")}.");
}

internal sealed class CallValueNode(Node callee, Node[] arguments, bool isOptional, Span span, Span calleeSpan)
    : CallNode(arguments, isOptional, span, calleeSpan)
{
    public override Value Evaluate(Frame frame)
    {
        Value function = callee.Evaluate(frame);
        return function.IsEmpty ? function : Invoke(frame, function, Value.Undefined);
    }
}

internal sealed class CallMemberNode(MemberNode member, Node[] arguments, bool isOptional, Span span, Span calleeSpan)
    : CallNode(arguments, isOptional, span, calleeSpan)
{
    public override Value Evaluate(Frame frame)
    {
        Value self = member.Target.Evaluate(frame);
        Value function = member.Get(frame.Realm, self);
        return function.IsEmpty ? function : Invoke(frame, function, self);
    }
}

internal sealed class CallIndexNode(IndexNode member, Node[] arguments, bool isOptional, Span span, Span calleeSpan)
    : CallNode(arguments, isOptional, span, calleeSpan)
{
    public override Value Evaluate(Frame frame)
    {
        Value self = member.Target.Evaluate(frame);
        Value function = member.Get(frame, self);
        return function.IsEmpty ? function : Invoke(frame, function, self);
    }
}

internal sealed class CallPrivateNode(PrivateMemberNode member, Node[] arguments, bool isOptional, Span span, Span calleeSpan)
    : CallNode(arguments, isOptional, span, calleeSpan)
{
    public override Value Evaluate(Frame frame)
    {
        Value self = member.Target.Evaluate(frame);
        Value function = member.Get(frame, self);
        return function.IsEmpty ? function : Invoke(frame, function, self);
    }
}

internal sealed class CallSuperMemberNode(SuperMemberNode member, Node[] arguments, bool isOptional, Span span, Span calleeSpan)
    : CallNode(arguments, isOptional, span, calleeSpan)
{
    public override Value Evaluate(Frame frame)
    {
        Value self = member.Self.Evaluate(frame);
        return Invoke(frame, member.Evaluate(frame), self);
    }
}

/// <summary>A call whose function and <c>this</c> were evaluated before a suspension.</summary>
internal sealed class CallTemporaryNode(Node callee, Node self, Node[] arguments, Span span, Span calleeSpan)
    : CallNode(arguments, false, span, calleeSpan)
{
    public override Value Evaluate(Frame frame) => Invoke(frame, callee.Evaluate(frame), self.Evaluate(frame));
}

/// <summary>A spread argument or element; evaluated by the node around it.</summary>
internal sealed class SpreadNode(Node operand) : Node
{
    public Node Operand => operand;

    public override Value Evaluate(Frame frame) => throw new InvalidOperationException("EngagementFlows bug: a spread was evaluated by itself.");
}

internal sealed class NewNode(Node callee, Node[] arguments, int start, Span calleeSpan) : Node
{
    private readonly bool _spreads = arguments.Any(argument => argument is SpreadNode);

    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        Value constructor = callee.Evaluate(frame);
        int top = realm.ArgumentTop;
        CallNode.PushArguments(frame, arguments, _spreads);
        realm.Position = start;
        if (!constructor.IsObject || !constructor.Object.IsConstructor)
            throw realm.TypeError($"{realm.Program.TextOf(calleeSpan)} is not a constructor.");
        JsFunction function = (JsFunction)constructor.Object;
        Value result = function.Construct(realm, realm.ArgumentsFrom(top), function);
        realm.ArgumentTop = top;
        return result;
    }
}

/// <summary><c>super(…)</c> (ECMA-262 §13.3.7.1).</summary>
internal sealed class SuperCallNode(Node self, Node newTarget, Node[] arguments, Target thisTarget, int start) : Node
{
    private readonly bool _spreads = arguments.Any(argument => argument is SpreadNode);

    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        ScriptFunction function = (ScriptFunction)self.Evaluate(frame).Object;
        JsObject? parent = function.Prototype;
        int top = realm.ArgumentTop;
        CallNode.PushArguments(frame, arguments, _spreads);
        realm.Position = start;
        if (parent is not { IsConstructor: true })
            throw realm.TypeError("Super constructor is not a constructor.");
        Value instance = ((JsFunction)parent).Construct(realm, realm.ArgumentsFrom(top), newTarget.Evaluate(frame).Object);
        realm.ArgumentTop = top;
        if (!thisTarget.Read(frame, default).IsEmpty)
            throw realm.ReferenceError("Super constructor may only be called once.");
        thisTarget.Assign(frame, default, instance);
        function.Elements?.Initialize(realm, instance.Object);
        return instance;
    }
}
