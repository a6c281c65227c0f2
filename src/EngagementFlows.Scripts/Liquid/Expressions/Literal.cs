using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>A text, a number, <c>true</c>, <c>false</c>, <c>nil</c>, <c>empty</c> or <c>blank</c>.</summary>
internal sealed class Literal(object? value, int position) : Expression(position)
{
    public object? Value { get; } = value;

    public override object? Evaluate(RenderState state) => Value;
}
