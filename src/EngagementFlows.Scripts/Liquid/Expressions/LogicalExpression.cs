using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>Operands with <c>and</c> and <c>or</c> between them, which have one rank and are grouped from the right.</summary>
/// <remarks>One node for the whole chain: a template of thousands of operands must not nest as deep.</remarks>
internal sealed class LogicalExpression(Expression[] operands, bool[] isAnd, int position) : Expression(position)
{
    public override object? Evaluate(RenderState state)
    {
        bool value = LiquidValue.IsTrue(operands[^1].EvaluateIfAny(state));
        for (int i = operands.Length - 2; i >= 0; i--)
        {
            state.Step();
            bool operand = LiquidValue.IsTrue(operands[i].EvaluateIfAny(state));
            value = isAnd[i] ? operand && value : operand || value;
        }

        return value;
    }
}
