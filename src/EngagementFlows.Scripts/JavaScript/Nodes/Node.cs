namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A prepared expression: evaluated by one virtual call, shared by all evaluations and threads.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(Frame frame);

    /// <summary>Evaluates and converts by ToBoolean; comparisons do so without a value in between.</summary>
    public virtual bool Test(Frame frame) => Operations.ToBoolean(Evaluate(frame));
}

/// <summary>A prepared statement.</summary>
internal abstract class Statement
{
    public abstract Completion Execute(Frame frame);
}

internal sealed class ConstantNode(Value value) : Node
{
    public Value Value { get; } = value;

    public override Value Evaluate(Frame frame) => Value;
}

internal sealed class ThisNode : Node
{
    public override Value Evaluate(Frame frame) => frame.This;
}

internal sealed class GlobalThisNode : Node
{
    public override Value Evaluate(Frame frame) => frame.Realm.GlobalObject;
}

internal sealed class NewTargetNode : Node
{
    public override Value Evaluate(Frame frame) => frame.NewTarget;
}

internal sealed class HomeNode : Node
{
    public override Value Evaluate(Frame frame) => frame.Function!.Home!;
}

internal sealed class SelfNode : Node
{
    public override Value Evaluate(Frame frame) => frame.Function!;
}

internal sealed class ArgumentNode(int index) : Node
{
    public override Value Evaluate(Frame frame) => index < frame.Arguments.Length ? frame.Arguments[index] : Value.Undefined;
}

internal sealed class RestArgumentsNode(int from) : Node
{
    public override Value Evaluate(Frame frame) => frame.Arguments.Length <= from
        ? frame.Realm.NewArray()
        : frame.Realm.NewArray(frame.Arguments.AsSpan(from));
}

internal sealed class SequenceNode(Node[] parts) : Node
{
    public override Value Evaluate(Frame frame)
    {
        for (int i = 0; i < parts.Length - 1; i++)
            parts[i].Evaluate(frame);
        return parts[^1].Evaluate(frame);
    }
}

internal sealed class ConditionalNode(Node test, Node whenTrue, Node whenFalse) : Node
{
    public override Value Evaluate(Frame frame) => test.Test(frame) ? whenTrue.Evaluate(frame) : whenFalse.Evaluate(frame);

    public override bool Test(Frame frame) => test.Test(frame) ? whenTrue.Test(frame) : whenFalse.Test(frame);
}

/// <summary>Turns a chain that was cut short into <c>undefined</c>.</summary>
internal sealed class ChainNode(Node chain) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value value = chain.Evaluate(frame);
        return value.IsEmpty ? Value.Undefined : value;
    }
}

internal sealed class TypeOfNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => Operations.TypeOf(operand.Evaluate(frame));
}

internal sealed class VoidNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame)
    {
        operand.Evaluate(frame);
        return Value.Undefined;
    }
}
