using System.Collections.Concurrent;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates JavaScript with Elsa's surface.</summary>
internal static class JavaScriptEvaluation
{
    /// <summary>Evaluates an expression.</summary>
    /// <exception cref="EvaluationException">The text does not parse, or running it fails.</exception>
    public static object? Evaluate(ActivityExecution execution, Expression expression, PlainObject? arguments)
    {
        string[]? outcomes = null;
        return Run(execution, expression, arguments, ref outcomes);
    }

    /// <summary>Runs a script that may also set outcomes.</summary>
    /// <exception cref="EvaluationException">The text does not parse, or running it fails.</exception>
    public static object? Run(ActivityExecution execution, Expression expression, PlainObject? arguments, ref string[]? outcomes)
    {
        if (string.IsNullOrWhiteSpace(expression.Text))
            return null;
        try
        {
            PreparedScript script = expression.Prepared(static text => new PreparedScript(text));
            ScriptScope scope = new(execution, script, arguments);
            InstanceRun run = execution.Run;
            ScriptContext context = new()
            {
                Now = run.Now,
                Zone = run.Settings.Zone,
                Seed = run.Secret.Hash(++run.EvaluationCounter, "seed"),
            };
            object? value = script.Program.Run(scope, context);
            scope.WriteBack();
            outcomes = scope.Outcomes;
            return value;
        }
        catch (ScriptException failure)
        {
            ScriptFault fault = failure.Fault;
            throw new EvaluationException($"The script failed at line {fault.Line}, column {fault.Column}: {fault.Message}", failure) { Expression = expression.Text, Line = fault.Line };
        }
    }
}

/// <summary>A script made ready, with the functions that it was seen to need.</summary>
internal sealed class PreparedScript
{
    private readonly ConcurrentDictionary<string, NativeFunction> _functions = new(StringComparer.Ordinal);

    public PreparedScript(string source) => Program = JavaScriptProgram.Prepare(source, ScriptSurface.Types);

    public JavaScriptProgram Program { get; }

    /// <summary>Returns a function that is made once for this script.</summary>
    public NativeFunction Function(string key, Func<string, NativeFunction> make) => _functions.GetOrAdd(key, make);
}
