using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs its body for all items of a list side by side.</summary>
internal sealed class ParallelForEach() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.ParallelForEach",
    Category = Describe.Looping,
    DisplayName = Describe.Text("Parallel for each", "并行逐项"),
    Description = Describe.Text("Runs an activity for all items of a list side by side.", "为列表中的所有项并行运行活动。"),
    Inputs = [Describe.Input("items", "Object", Describe.Text("Items", "列表"), Describe.Text("The list.", "要遍历的列表。")).Editor("multi-line")],
    ChildProperties = ["body"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        PlainList items = ObjectText.Parsed(execution, "items") as PlainList ?? [];
        ActivityNode? body = execution.Node.ChildIn("body");
        if (body is null || items.Count == 0)
        {
            execution.Run.Complete(execution);
            return;
        }

        execution.Position = items.Count;
        for (int i = 0; i < items.Count; i++)
        {
            VariableSlot[] variables = [new("CurrentValue", items[i], SlotOrigin.Loop), new("CurrentIndex", (long)i, SlotOrigin.Loop)];
            execution.Run.Schedule(execution, body, variables, tag: i + 1);
        }
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (--execution.Position == 0)
            execution.Run.Complete(execution);
    }
}
