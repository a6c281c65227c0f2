using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs its body as long as a condition is true.</summary>
internal sealed class While() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.While",
    Category = Describe.Looping,
    DisplayName = Describe.Text("While", "条件循环"),
    Description = Describe.Text("Runs an activity as long as a condition is true.", "条件为真时反复运行活动。"),
    Inputs = [Describe.Input("condition", "Boolean", Describe.Text("Condition", "条件"), Describe.Text("Evaluated before each round.", "每轮之前判断。")).Late()],
    ChildProperties = ["body"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution) => Next(execution);

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) => Next(execution);

    private static void Next(ActivityExecution execution)
    {
        if (execution.IsBreaking || !Holds(execution))
        {
            execution.Run.Complete(execution);
            return;
        }

        if (execution.Node.ChildIn("body") is not { } body)
            throw new ActivityFaultException($"The condition of the activity '{execution.Node.Id}' is true, but it has no body that could change it. Give it a body.");
        execution.Run.Schedule(execution, body);
    }

    private static bool Holds(ActivityExecution execution)
    {
        if (execution.Node.Input("condition") is not { } binding)
            return false;
        try
        {
            return Evaluator.Evaluate(execution, binding.Expression, new DataType(DataKind.Boolean)) is true;
        }
        catch (EvaluationException failure)
        {
            throw new EvaluationException($"The input 'condition' of the activity '{execution.Node.Id}' could not be evaluated.", failure);
        }
    }
}
