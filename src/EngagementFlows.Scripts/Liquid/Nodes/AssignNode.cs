using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>assign</c>.</summary>
internal sealed class AssignNode(int slot, Expression value, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        state.Assign(slot, value.Evaluate(state));
        return Flow.Next;
    }
}
