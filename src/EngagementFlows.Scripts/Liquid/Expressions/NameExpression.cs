using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>A name without members.</summary>
internal sealed class NameExpression(string name, int slot, int position) : Expression(position)
{
    public string Name { get; } = name;

    public override object? Evaluate(RenderState state)
    {
        if (state.TryGet(slot, out object? value) || !state.Options.StrictNames)
            return value;
        state.Position = Position;
        throw state.MissingName(slot);
    }

    public override object? EvaluateIfAny(RenderState state)
    {
        state.TryGet(slot, out object? value);
        return value;
    }
}
