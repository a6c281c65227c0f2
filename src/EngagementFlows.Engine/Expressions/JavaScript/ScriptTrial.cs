using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>What of a definition's scripts works without an instance, so that people can try an expression by itself.</summary>
public static class ScriptTrial
{
    /// <summary>Gets the types of durations and ids.</summary>
    public static ScriptTypes Types => ScriptSurface.Types;

    /// <summary>Gets the names of all functions and types, those that need an instance too.</summary>
    public static IEnumerable<string> Names => ScriptSurface.Globals.Keys;

    /// <summary>Resolves the name of a function or type.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <param name="value">The function or type; a function that needs an instance throws a <c>TypeError</c> that says so.</param>
    /// <returns>Whether definitions' scripts know the name.</returns>
    public static bool TryGetGlobal(string name, out object? value)
    {
        if (ScriptSurface.Free.TryGetValue(name, out value))
            return true;
        if (!ScriptSurface.Globals.ContainsKey(name))
            return false;
        value = new NativeFunction(name, (_, _) => throw new ScriptException(
            new ScriptFault("TypeError", $"'{name}' reads the running instance, and here is none. Try it in a case file with 'rehearse'.", 0, 0)));
        return true;
    }
}
