using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>A member, or an item, of what stands in front: <c>client.name</c>, <c>items[0]</c>, <c>client["first name"]</c>.</summary>
internal sealed class MemberExpression(Expression owner, Expression member, int position) : Expression(position)
{
    public override object? Evaluate(RenderState state)
    {
        object? whole = owner.Evaluate(state);
        object? key = member.Evaluate(state);
        if (Members.TryGet(whole, key, state, out object? value) || !state.Options.StrictNames)
            return value;
        state.Position = Position;
        throw state.MissingMember(Describe(owner), LiquidValue.ToText(key, state), whole);
    }

    public override object? EvaluateIfAny(RenderState state)
    {
        Members.TryGet(owner.EvaluateIfAny(state), member.EvaluateIfAny(state), state, out object? value);
        return value;
    }

    private static string Describe(Expression expression) => expression switch
    {
        NameExpression name => name.Name,
        MemberExpression inner when inner.MemberName is { } member => $"{Describe(inner.Owner)}.{member}",
        MemberExpression inner => $"{Describe(inner.Owner)}[…]",
        _ => "the value",
    };

    private Expression Owner => owner;

    private string? MemberName => (member as Literal)?.Value as string;
}
