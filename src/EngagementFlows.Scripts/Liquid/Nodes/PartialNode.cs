using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>render</c>: a partial, once or for each item, which sees nothing but its arguments.</summary>
internal sealed class PartialNode(TemplateUnit partial, PartialNode.Argument[] arguments, PartialNode.Subject? subject, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        if (subject is null)
        {
            RenderOnce(state, null, null);
            return Flow.Next;
        }

        object? value = subject.Value.Evaluate(state);
        if (!subject.IsEach)
        {
            RenderOnce(state, value, null);
            return Flow.Next;
        }

        Items items = Items.Of(value, state);
        LoopFacts facts = new(subject.Name, items.Count, null);
        for (int i = 0; i < items.Count; i++)
        {
            facts.Index0 = i;
            RenderOnce(state, items[i], facts);
        }

        return Flow.Next;
    }

    private void RenderOnce(RenderState state, object? item, LoopFacts? facts)
    {
        state.Step();
        RenderState inner = state.ForPartial(partial);
        foreach (Argument argument in arguments)
            inner.Assign(argument.Slot, argument.Value.Evaluate(state));
        if (subject is not null)
            inner.Assign(subject.Slot, item);
        if (facts is not null)
            inner.Assign(subject!.LoopSlot, facts);
        state.Position = Position;
        inner.RenderUnit();
    }

    /// <summary>A named argument, and its slot in the partial.</summary>
    internal sealed record Argument(int Slot, Expression Value);

    /// <summary>The value behind <c>with</c> or <c>for</c>, and what it is called in the partial.</summary>
    internal sealed record Subject(Expression Value, string Name, int Slot, int LoopSlot, bool IsEach);
}
