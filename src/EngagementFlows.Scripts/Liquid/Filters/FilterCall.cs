using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>One filter in a template, with the expressions of its arguments.</summary>
internal sealed class FilterCall(Filter filter, Expression[] arguments, KeyValuePair<string, Expression>[] named, int position)
{
    /// <summary>Gets whether the filter gives missing names a meaning.</summary>
    public bool AsksForNothing => filter.AsksForNothing;

    public object? Apply(object? input, RenderState state)
    {
        object?[] values = arguments.Length == 0 ? [] : new object?[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = arguments[i].Evaluate(state);
        KeyValuePair<string, object?>[] options = named.Length == 0 ? [] : new KeyValuePair<string, object?>[named.Length];
        for (int i = 0; i < options.Length; i++)
            options[i] = new(named[i].Key, named[i].Value.Evaluate(state));
        state.Position = position;
        state.Step();
        return filter.Body(input, new FilterArguments(values, options), state);
    }
}
