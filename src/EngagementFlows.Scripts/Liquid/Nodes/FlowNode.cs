using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>break</c> and <c>continue</c>; outside of a loop they end the template.</summary>
internal sealed class FlowNode(Flow flow, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Step();
        return flow;
    }
}
