using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary>Text outside of tags.</summary>
internal sealed class TextNode(string text, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        state.Write(text);
        return Flow.Next;
    }
}
