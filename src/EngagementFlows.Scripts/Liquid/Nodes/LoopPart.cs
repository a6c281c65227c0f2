using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Nodes;

/// <summary>Which items of a collection a loop walks over: <c>limit</c>, <c>offset</c> and <c>reversed</c>.</summary>
internal sealed record LoopPart
{
    public required Expression Collection { get; init; }

    public Expression? Limit { get; init; }

    public Expression? Offset { get; init; }

    /// <summary>Gets whether the loop goes on where the last one of the same name stopped: <c>offset: continue</c>.</summary>
    public bool Continues { get; init; }

    public bool IsReversed { get; init; }

    /// <summary>Gets variable and collection, as <c>forloop.name</c> gives it.</summary>
    public required string Name { get; init; }

    public Items Of(RenderState state)
    {
        Items all = Items.Of(Collection.Evaluate(state), state);
        long offset = Continues ? state.ContinueOf(Name) : Whole(Offset, 0, state);
        long limit = Whole(Limit, long.MaxValue, state);
        Items part = all.Part(offset, limit);
        state.SetContinue(Name, offset + part.Count);
        return IsReversed ? part.Reversed() : part;
    }

    private static long Whole(Expression? expression, long absent, RenderState state) =>
        expression?.Evaluate(state) is { } value && LiquidNumber.TryToLong(value, out long number) ? number : absent;
}
