using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary><c>(from..to)</c>.</summary>
internal sealed class RangeExpression(Expression from, Expression to, int position) : Expression(position)
{
    public override object? Evaluate(RenderState state)
    {
        // What is no number counts as 0, as everywhere in arithmetic.
        LiquidNumber.TryToLong(from.Evaluate(state), out long first);
        LiquidNumber.TryToLong(to.Evaluate(state), out long last);
        return new NumberRange(first, last);
    }
}
