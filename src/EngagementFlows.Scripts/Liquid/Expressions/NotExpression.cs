using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary><c>not</c> in front of a comparison or a value.</summary>
internal sealed class NotExpression(Expression operand, int position) : Expression(position)
{
    public override object? Evaluate(RenderState state) => !LiquidValue.IsTrue(operand.EvaluateIfAny(state));
}
