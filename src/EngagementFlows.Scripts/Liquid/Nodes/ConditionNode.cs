using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary>One way of an <c>if</c> or <c>unless</c>.</summary>
/// <param name="Condition">When it is taken; <see langword="null"/> for <c>else</c>.</param>
/// <param name="Wanted">Whether the condition must be true or, for <c>unless</c>, false.</param>
/// <param name="Body">What is then rendered.</param>
internal sealed record ConditionBranch(Expression? Condition, bool Wanted, Node[] Body);

/// <summary><c>if</c> and <c>unless</c>: the first branch whose condition holds.</summary>
internal sealed class ConditionNode(ConditionBranch[] branches, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        foreach (ConditionBranch branch in branches)
        {
            state.Step();
            if (branch.Condition is null || LiquidValue.IsTrue(branch.Condition.EvaluateIfAny(state)) == branch.Wanted)
                return RenderBlock(branch.Body, state);
        }

        return Flow.Next;
    }
}
