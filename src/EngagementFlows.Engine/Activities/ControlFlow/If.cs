using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs one of two activities.</summary>
internal sealed class If() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.If",
    Category = Describe.Branching,
    DisplayName = Describe.Text("If", "如果"),
    Description = Describe.Text("Runs one activity if a condition is true, another if it is false.", "条件为真时运行一个活动，否则运行另一个。"),
    Inputs = [Describe.Input("condition", "Boolean", Describe.Text("Condition", "条件"), Describe.Text("What is decided; nothing counts as false.", "判断内容；空值视为假。"))],
    Outputs = [Describe.Output("result", "Boolean", Describe.Text("Result", "结果"), Describe.Text("The condition's value.", "条件的值。"))],
    ChildProperties = ["then", "else"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        bool result = execution.Flag("condition");
        execution.SetOutput("result", result);
        execution.Run.Schedule(execution, execution.Node.ChildIn(result ? "then" : "else"));
    }
}
