using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>capture</c>: what its body writes, as a value.</summary>
internal sealed class CaptureNode(int slot, Node[] body, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        string text = state.Capture(body, out Flow flow);
        // Its outputs were encoded as they were written; encoding them again would show the reader the references.
        state.Assign(slot, state.Options.Encode is null ? text : new SafeText(text));
        return flow;
    }
}
