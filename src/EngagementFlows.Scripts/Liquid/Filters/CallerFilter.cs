using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Makes a filter of a function of the caller's, which sees plain values only.</summary>
internal static class CallerFilter
{
    public static Filter Of(LiquidFilterBody body) => new(
        (input, arguments, state) =>
        {
            object?[] values = new object?[arguments.Count + 1];
            values[0] = LiquidValue.ToPlain(input, state);
            for (int i = 0; i < arguments.Count; i++)
                values[i + 1] = LiquidValue.ToPlain(arguments[i], state);
            try
            {
                return body(state.Context, values);
            }
            catch (ScriptException fault)
            {
                // The caller's function does not know where it stands in the template.
                throw state.Fault(fault.Fault.Kind, fault.Fault.Message);
            }
        },
        Least: 0,
        Most: int.MaxValue);
}
