using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>cycle</c>: the next of its values, each time that it is met.</summary>
internal sealed class CycleNode(Expression? group, Expression[] values, string key, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        string name = group is null ? key : $"{LiquidValue.ToText(group.Evaluate(state), state)}:{key}";
        OutputNode.Write(values[state.NextOfCycle(name, values.Length)].Evaluate(state), state);
        return Flow.Next;
    }
}
