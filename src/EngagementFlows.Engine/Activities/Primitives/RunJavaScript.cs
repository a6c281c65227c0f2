using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.Primitives;

/// <summary>Runs a script; it may set the outcomes.</summary>
internal sealed class RunJavaScript() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.RunJavaScript",
    Category = Describe.Scripting,
    DisplayName = Describe.Text("Run JavaScript", "运行 JavaScript"),
    Description = Describe.Text("Runs a script; its value is the result, and it may set outcomes.", "运行脚本，其值为结果，可设置走向。"),
    Inputs =
    [
        Describe.Input("script", "String", Describe.Text("Script", "脚本"), Describe.Text("JavaScript.", "JavaScript 代码。")).Editor("code-editor"),
        Describe.Input("possibleOutcomes", "String[]", Describe.Text("Possible outcomes", "可能的走向"), Describe.Text("Outcomes that the designer shows.", "设计器显示的走向。")).Editor("dynamic-outcomes"),
    ],
    Outputs = [Describe.Output("result", "Object", Describe.Text("Result", "结果"), Describe.Text("The script's value.", "脚本的值。"))],
    HasDynamicOutcomes = true,
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        string? script = context.Text("script");
        if (string.IsNullOrWhiteSpace(script))
            return ActivityResult.Done;
        string[]? outcomes = null;
        object? value = JavaScriptEvaluation.Run(execution, Prepared(execution, script), null, ref outcomes);
        if (value is not null)
            execution.SetOutput("result", value);
        return outcomes is null ? ActivityResult.Done : ActivityResult.Complete(outcomes);
    }

    /// <summary>Returns the script as an expression; a literal one is prepared once for all instances.</summary>
    private static Expression Prepared(ActivityExecution execution, string script)
    {
        Expression? source = execution.Node.Input("script")?.Expression;
        return source is { Kind: ExpressionKind.Literal }
            ? execution.Node.Plan(_ => new Expression(ExpressionKind.JavaScript, "JavaScript", script))
            : new Expression(ExpressionKind.JavaScript, "JavaScript", script);
    }
}
