using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>for</c>, with its <c>else</c> for no items.</summary>
internal sealed class ForNode(int itemSlot, int loopSlot, LoopPart part, Node[] body, Node[] otherwise, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        Items items = part.Of(state);
        if (items.Count == 0)
            return RenderBlock(otherwise, state);

        LoopFacts facts = new(part.Name, items.Count, state.Looped(loopSlot));
        NameSlot item = state.Shadow(itemSlot);
        NameSlot loop = state.Shadow(loopSlot);
        state.SetLooped(loopSlot, facts);
        for (int i = 0; i < items.Count; i++)
        {
            state.Step();
            facts.Index0 = i;
            state.SetLooped(itemSlot, items[i]);
            if (RenderBlock(body, state) == Flow.Break)
                break;
        }

        state.Restore(loopSlot, loop);
        state.Restore(itemSlot, item);
        return Flow.Next;
    }
}
