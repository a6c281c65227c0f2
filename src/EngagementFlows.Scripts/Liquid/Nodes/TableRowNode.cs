using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>tablerow</c>: the rows of an HTML table, each with so many cells.</summary>
internal sealed class TableRowNode(int itemSlot, int loopSlot, LoopPart part, Expression? columns, Node[] body, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        Items items = part.Of(state);
        if (items.Count == 0)
            return Flow.Next;
        TableFacts facts = new(items.Count, ColumnsOf(items.Count, state));
        NameSlot item = state.Shadow(itemSlot);
        NameSlot loop = state.Shadow(loopSlot);
        state.SetLooped(loopSlot, facts);
        for (int i = 0; i < items.Count; i++)
        {
            facts.Index0 = i;
            state.SetLooped(itemSlot, items[i]);
            if (RenderCell(facts, state) == Flow.Break)
                break;
        }

        state.Write("</tr>");
        state.Restore(loopSlot, loop);
        state.Restore(itemSlot, item);
        return Flow.Next;
    }

    private Flow RenderCell(TableFacts facts, RenderState state)
    {
        state.Step();
        if (facts.Column0 == 0)
            state.Write($"{(facts.Row == 1 ? "" : "</tr>")}<tr class=\"row{facts.Row}\">");
        state.Write($"<td class=\"col{facts.Column0 + 1}\">");
        Flow flow = RenderBlock(body, state);
        state.Write("</td>");
        return flow;
    }

    private int ColumnsOf(int count, RenderState state)
    {
        if (columns?.Evaluate(state) is not { } value || !LiquidNumber.TryToLong(value, out long wanted) || wanted <= 0)
            return count;
        return (int)Math.Min(wanted, int.MaxValue);
    }
}
