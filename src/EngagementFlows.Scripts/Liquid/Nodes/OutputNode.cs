using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary><c>{{ value }}</c> and <c>{% echo value %}</c>.</summary>
internal sealed class OutputNode(Expression value, int position) : Node(position)
{
    public override Flow Render(RenderState state)
    {
        state.Position = Position;
        state.Step();
        Write(value.Evaluate(state), state);
        return Flow.Next;
    }

    /// <summary>Writes a value, encoded unless it is known to be safe.</summary>
    public static void Write(object? value, RenderState state)
    {
        switch (value)
        {
            case null:
                return;
            case long number when state.Options.Encode is null:
                state.Write(number);
                return;
            case SafeText safe:
                state.Write(safe.Text);
                return;
            default:
                string text = LiquidValue.ToText(value, state);
                state.Write(state.Options.Encode is { } encode ? encode(text) : text);
                return;
        }
    }
}
