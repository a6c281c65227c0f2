using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary>A part of a template that writes something or changes names.</summary>
internal abstract class Node(int position)
{
    /// <summary>Gets where it stands in the source.</summary>
    public int Position { get; } = position;

    public abstract Flow Render(RenderState state);

    /// <summary>Renders the nodes of a block inside this one.</summary>
    protected Flow RenderBlock(Node[] body, RenderState state)
    {
        state.Position = Position;
        state.Enter();
        Flow flow = state.RenderNodes(body);
        state.Leave();
        return flow;
    }
}
