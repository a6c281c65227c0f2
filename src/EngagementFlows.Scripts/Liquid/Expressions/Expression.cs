using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>Something that has a value.</summary>
internal abstract class Expression(int position)
{
    /// <summary>Gets where it stands in the source.</summary>
    public int Position { get; } = position;

    /// <summary>Gives the value; a missing name is a fault if names are strict.</summary>
    public abstract object? Evaluate(RenderState state);

    /// <summary>Gives the value, or nil for a missing name, where the template itself asks whether there is one.</summary>
    public virtual object? EvaluateIfAny(RenderState state) => Evaluate(state);
}
