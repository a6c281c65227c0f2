namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A binary operation on two values.</summary>
internal delegate Value BinaryOperator(Realm realm, Value left, Value right);

internal sealed class AddNode(Node left, Node right, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        Value r = right.Evaluate(frame);
        if (l.IsNumber && r.IsNumber)
            return new Value(l.Number + r.Number);
        if (l.IsString && r.IsString)
            return Operations.Concat(frame.Realm, l, r);
        frame.Realm.Position = start;
        return Operations.Add(frame.Realm, l, r);
    }
}

internal sealed class SubtractNode(Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        Value r = right.Evaluate(frame);
        if (l.IsNumber && r.IsNumber)
            return new Value(l.Number - r.Number);
        double x = Operations.ToNumber(frame.Realm, l);
        return x - Operations.ToNumber(frame.Realm, r);
    }
}

internal sealed class MultiplyNode(Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        Value r = right.Evaluate(frame);
        double x = Operations.ToNumber(frame.Realm, l);
        return new Value(x * Operations.ToNumber(frame.Realm, r));
    }
}

/// <summary>Any other operator that gives a value.</summary>
internal sealed class BinaryNode(BinaryOperator op, Node left, Node right, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        Value r = right.Evaluate(frame);
        frame.Realm.Position = start;
        return op(frame.Realm, l, r);
    }
}

/// <summary><c>&lt;</c>, <c>&gt;</c>, <c>&lt;=</c> and <c>&gt;=</c>.</summary>
internal sealed class CompareNode(Comparison comparison, Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame) => Value.Of(Test(frame));

    public override bool Test(Frame frame)
    {
        Value l = left.Evaluate(frame);
        Value r = right.Evaluate(frame);
        if (l.IsNumber && r.IsNumber)
        {
            double x = l.Number;
            double y = r.Number;
            return comparison switch
            {
                Comparison.Less => x < y,
                Comparison.Greater => x > y,
                Comparison.LessOrEqual => x <= y,
                _ => x >= y,
            };
        }

        return comparison switch
        {
            Comparison.Less => Operations.LessThan(frame.Realm, l, r, leftFirst: true) == true,
            Comparison.Greater => Operations.LessThan(frame.Realm, r, l, leftFirst: false) == true,
            Comparison.LessOrEqual => Operations.LessThan(frame.Realm, r, l, leftFirst: false) == false,
            _ => Operations.LessThan(frame.Realm, l, r, leftFirst: true) == false,
        };
    }
}

internal enum Comparison
{
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
}

internal sealed class StrictEqualNode(Node left, Node right, bool isNegated) : Node
{
    public override Value Evaluate(Frame frame) => Value.Of(Test(frame));

    public override bool Test(Frame frame)
    {
        Value l = left.Evaluate(frame);
        return Operations.StrictEquals(l, right.Evaluate(frame)) != isNegated;
    }
}

internal sealed class LooseEqualNode(Node left, Node right, bool isNegated) : Node
{
    public override Value Evaluate(Frame frame) => Value.Of(Test(frame));

    public override bool Test(Frame frame)
    {
        Value l = left.Evaluate(frame);
        return Operations.LooseEquals(frame.Realm, l, right.Evaluate(frame)) != isNegated;
    }
}

internal sealed class AndNode(Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        return Operations.ToBoolean(l) ? right.Evaluate(frame) : l;
    }

    public override bool Test(Frame frame) => left.Test(frame) && right.Test(frame);
}

internal sealed class OrNode(Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        return Operations.ToBoolean(l) ? l : right.Evaluate(frame);
    }

    public override bool Test(Frame frame) => left.Test(frame) || right.Test(frame);
}

internal sealed class CoalesceNode(Node left, Node right) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value l = left.Evaluate(frame);
        return l.IsNullish ? right.Evaluate(frame) : l;
    }
}

internal sealed class NotNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => Value.Of(!operand.Test(frame));

    public override bool Test(Frame frame) => !operand.Test(frame);
}

internal sealed class NegateNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => -Operations.ToNumber(frame.Realm, operand.Evaluate(frame));
}

internal sealed class ToNumberNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => Operations.ToNumber(frame.Realm, operand.Evaluate(frame));
}

internal sealed class BitNotNode(Node operand) : Node
{
    public override Value Evaluate(Frame frame) => (double)~Operations.ToInt32(frame.Realm, operand.Evaluate(frame));
}

/// <summary>The operators as functions.</summary>
internal static class Operators
{
    public static BinaryOperator Of(string op) => op switch
    {
        "+" => static (realm, l, r) => l.IsNumber && r.IsNumber ? l.Number + r.Number : Operations.Add(realm, l, r),
        "-" => static (realm, l, r) => Operations.ToNumber(realm, l) - Operations.ToNumber(realm, r),
        "*" => static (realm, l, r) => Operations.ToNumber(realm, l) * Operations.ToNumber(realm, r),
        "/" => static (realm, l, r) => Operations.ToNumber(realm, l) / Operations.ToNumber(realm, r),
        "%" => static (realm, l, r) => Operations.ToNumber(realm, l) % Operations.ToNumber(realm, r),
        "**" => static (realm, l, r) => Power(Operations.ToNumber(realm, l), Operations.ToNumber(realm, r)),
        "&" => static (realm, l, r) => (double)(Operations.ToInt32(realm, l) & Operations.ToInt32(realm, r)),
        "|" => static (realm, l, r) => (double)(Operations.ToInt32(realm, l) | Operations.ToInt32(realm, r)),
        "^" => static (realm, l, r) => (double)(Operations.ToInt32(realm, l) ^ Operations.ToInt32(realm, r)),
        "<<" => static (realm, l, r) => (double)(Operations.ToInt32(realm, l) << (Operations.ToInt32(realm, r) & 31)),
        ">>" => static (realm, l, r) => (double)(Operations.ToInt32(realm, l) >> (Operations.ToInt32(realm, r) & 31)),
        ">>>" => static (realm, l, r) => (double)(Operations.ToUint32(realm, l) >> (Operations.ToInt32(realm, r) & 31)),
        "instanceof" => static (realm, l, r) => realm.InstanceOf(l, r),
        "in" => static (realm, l, r) => r.IsObject
            ? r.Object.Has(realm, Operations.ToPropertyKey(realm, l))
            : throw realm.TypeError($"Cannot use 'in' operator to search in {realm.Describe(r)}."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: operator '{op}' has no meaning."),
    };

    /// <summary>Number::exponentiate (ECMA-262 §6.1.6.1.3): one to the power of infinity or NaN is NaN here.</summary>
    public static double Power(double x, double y) => double.IsNaN(y) || (Math.Abs(x) == 1 && double.IsInfinity(y)) ? double.NaN : Math.Pow(x, y);
}
