using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>Two values and an operator between them.</summary>
internal sealed class ComparisonExpression(Expression left, Comparison comparison, Expression right, int position) : Expression(position)
{
    // Who compares with nil, blank or empty asks whether there is anything: a missing name is an answer, not a fault.
    private readonly bool _asksForNothing = AsksForNothing(left) || AsksForNothing(right);

    public override object? Evaluate(RenderState state)
    {
        object? a = _asksForNothing ? left.EvaluateIfAny(state) : left.Evaluate(state);
        object? b = _asksForNothing ? right.EvaluateIfAny(state) : right.Evaluate(state);
        return comparison switch
        {
            Comparison.Equal => LiquidValue.AreEqual(a, b, state),
            Comparison.NotEqual => !LiquidValue.AreEqual(a, b, state),
            Comparison.Less => LiquidValue.Compare(a, b) is < 0,
            Comparison.LessOrEqual => LiquidValue.Compare(a, b) is <= 0,
            Comparison.Greater => LiquidValue.Compare(a, b) is > 0,
            Comparison.GreaterOrEqual => LiquidValue.Compare(a, b) is >= 0,
            Comparison.Contains => LiquidValue.Contains(a, b, state),
            _ => throw new InvalidOperationException($"EngagementFlows bug: comparison '{comparison}' has no meaning."),
        };
    }

    private static bool AsksForNothing(Expression expression) => expression is Literal { Value: null or Emptiness };
}
