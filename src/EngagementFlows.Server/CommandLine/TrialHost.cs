using EngagementFlows.Engine.Expressions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary>The names of a script that is tried: those of a flow's scripts, as far as they need no instance, and for short the variables themselves.</summary>
internal sealed class TrialHost(PlainObject variables, List<string> printed) : ScriptHost
{
    private static readonly Dictionary<string, NativeFunction> Functions = new[]
    {
        new NativeFunction("getVariable", (host, arguments) => ((TrialHost)host).Variables[Name(arguments)]),
        new NativeFunction("setVariable", (host, arguments) =>
        {
            ((TrialHost)host).Variables[Name(arguments)] = PlainValue.Clone(arguments.Length > 1 ? arguments[1] : null);
            return null;
        }),
    }.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public override IEnumerable<string> GlobalNames => variables.Select(member => member.Key).Concat(ScriptTrial.Names).Append("variables");

    private PlainObject Variables => variables;

    public override bool TryGetGlobal(string name, out object? value)
    {
        if (variables.TryGetValue(name, out value))
            return true;
        if (name == "variables")
        {
            value = variables;
            return true;
        }

        value = Functions.TryGetValue(name, out NativeFunction? function) ? function : Accessor(name);
        return value is not null || ScriptTrial.TryGetGlobal(name, out value);
    }

    public override void Print(string line) => printed.Add(line);

    // getAmount() and setAmount(v), as declared variables have them.
    private NativeFunction? Accessor(string name)
    {
        if (name.Length < 4 || !(name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)))
            return null;
        string? variable = variables.Select(member => member.Key).FirstOrDefault(key => key.Length > 0 && char.ToUpperInvariant(key[0]) + key[1..] == name[3..]);
        if (variable is null)
            return null;
        return name[0] == 'g'
            ? new NativeFunction(name, (_, _) => variables[variable])
            : new NativeFunction(name, (_, arguments) =>
            {
                variables[variable] = PlainValue.Clone(arguments.Length > 0 ? arguments[0] : null);
                return null;
            });
    }

    private static string Name(ReadOnlySpan<object?> arguments) => arguments.Length > 0 && arguments[0] is string name
        ? name
        : throw new ScriptException(new ScriptFault("TypeError", "The name of a variable must be a text.", 1, 1));
}
