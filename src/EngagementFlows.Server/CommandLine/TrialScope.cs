using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Server.CommandLine;

/// <summary>The names of a template that is tried: <c>Variables.X</c> as in a flow, and for short <c>X</c>.</summary>
internal sealed class TrialScope(PlainObject variables) : LiquidScope
{
    public override IEnumerable<string> Names => variables.Select(member => member.Key).Prepend("Variables");

    public override bool TryGetName(string name, out object? value)
    {
        if (name != "Variables")
            return variables.TryGetValue(name, out value);
        value = variables;
        return true;
    }
}
