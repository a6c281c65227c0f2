using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates Liquid with Elsa's names.</summary>
internal static class LiquidEvaluation
{
    /// <summary>Renders a template; blank text gives null.</summary>
    /// <exception cref="EvaluationException">The template does not parse, or rendering it fails.</exception>
    public static object? Evaluate(ActivityExecution execution, Expression expression)
    {
        if (string.IsNullOrWhiteSpace(expression.Text))
            return null;
        try
        {
            LiquidTemplate template = expression.Prepared(static text => LiquidTemplate.Prepare(text, LiquidOptions.Elsa));
            InstanceRun run = execution.Run;
            ScriptContext context = new() { Now = run.Now, Zone = run.Settings.Zone, Seed = run.Secret.Hash(++run.EvaluationCounter, "seed") };
            return template.Render(new Scope(execution), context);
        }
        catch (ScriptException failure)
        {
            ScriptFault fault = failure.Fault;
            throw new EvaluationException($"The template failed at line {fault.Line}, column {fault.Column}: {fault.Message}", failure) { Expression = expression.Text, Line = fault.Line };
        }
    }

    private sealed class Scope(ActivityExecution execution) : LiquidScope
    {
        public override IEnumerable<string> Names =>
            ["Variables", "Input", "CorrelationId", "WorkflowDefinitionId", "WorkflowDefinitionVersionId", "WorkflowDefinitionVersion", "WorkflowInstanceId"];

        public override bool TryGetName(string name, out object? value)
        {
            InstanceRun run = execution.Run;
            value = name switch
            {
                "Variables" => DataView.Variables(execution),
                "Input" => DataView.Inputs(execution),
                "CorrelationId" => run.CorrelationId,
                "WorkflowDefinitionId" => run.Definition.DefinitionId,
                "WorkflowDefinitionVersionId" => run.Definition.Id,
                "WorkflowDefinitionVersion" => (long)run.Definition.Version,
                "WorkflowInstanceId" => run.InstanceId.ToString("D"),
                _ => null,
            };
            return value is not null;
        }
    }
}
