using EngagementFlows.Scripts.Liquid.Filters;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>A value and the filters that it passes through.</summary>
/// <remarks>One node for the whole chain, for the same reason as <see cref="LogicalExpression"/>.</remarks>
internal sealed class FilterExpression(Expression input, FilterCall[] calls, int position) : Expression(position)
{
    public override object? Evaluate(RenderState state)
    {
        object? value = calls[0].AsksForNothing ? input.EvaluateIfAny(state) : input.Evaluate(state);
        foreach (FilterCall call in calls)
            value = call.Apply(value, state);
        return value;
    }
}
