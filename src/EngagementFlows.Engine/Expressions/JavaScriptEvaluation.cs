using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates JavaScript with Elsa's surface.</summary>
internal static class JavaScriptEvaluation
{
    public static object? Evaluate(ActivityExecution execution, Expression expression, PlainObject? arguments)
    {
        string[]? outcomes = null;
        return Run(execution, expression, arguments, ref outcomes);
    }

    public static object? Run(ActivityExecution execution, Expression expression, PlainObject? arguments, ref string[]? outcomes) =>
        throw new EvaluationException($"JavaScript cannot be evaluated yet at '{execution.Node.Id}'.") { Expression = expression.Text, FoundValue = arguments ?? (object?)outcomes?.Length };
}
