using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary>One <c>when</c>, or <c>else</c> if it has no values.</summary>
internal sealed record CaseBranch(Expression[]? Values, Node[] Body);

/// <summary><c>case</c>: every <c>when</c> that has the value, or <c>else</c> if none has.</summary>
internal sealed class CaseNode(Expression subject, CaseBranch[] branches, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        object? value = subject.EvaluateIfAny(state);
        bool isMatched = false;
        foreach (CaseBranch branch in branches)
        {
            state.Step();
            if (branch.Values is null ? isMatched : !Matches(value, branch.Values, state))
                continue;
            isMatched = true;
            Flow flow = RenderBlock(branch.Body, state);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    private static bool Matches(object? value, Expression[] values, RenderState state)
    {
        foreach (Expression candidate in values)
        {
            state.Step();
            if (LiquidValue.AreEqual(value, candidate.Evaluate(state), state))
                return true;
        }

        return false;
    }
}
