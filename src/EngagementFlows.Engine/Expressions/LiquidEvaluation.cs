using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates Liquid with Elsa's names.</summary>
internal static class LiquidEvaluation
{
    public static object? Evaluate(ActivityExecution execution, Expression expression) =>
        throw new EvaluationException($"Liquid cannot be evaluated yet at '{execution.Node.Id}'.") { Expression = expression.Text };
}
