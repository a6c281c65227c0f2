using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>increment</c>, which writes the counter and then adds one, and <c>decrement</c>, which takes one away and then writes.</summary>
internal sealed class CountNode(int slot, bool isIncrement, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        state.Write(state.Count(slot, isIncrement ? 1 : -1, before: isIncrement));
        return Flow.Next;
    }
}
