using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs its body for each item of a list, one after the other. The list is fixed when the loop begins.</summary>
internal sealed class ForEach() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.ForEach",
    Category = Describe.Looping,
    DisplayName = Describe.Text("For each", "逐项循环"),
    Description = Describe.Text("Runs an activity for each item of a list, one after the other.", "依次为列表中的每一项运行活动。"),
    Inputs = [Describe.Input("items", "Object[]", Describe.Text("Items", "列表"), Describe.Text("The list.", "要遍历的列表。")).Editor("multi-line")],
    Outputs = [Describe.Output("currentValue", "Object", Describe.Text("Current value", "当前项"), Describe.Text("The item of the round.", "本轮的项。"))],
    ChildProperties = ["body"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        if (execution.Node.Input("items") is null)
        {
            execution.Run.Complete(execution);
            return;
        }

        if (execution.Input("items") is not PlainList items)
            throw new ActivityFaultException($"The items of the activity '{execution.Node.Id}' are null. Give a list; an empty one is allowed.");
        execution.State["items"] = items.DeepClone();
        Next(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) => Next(execution);

    private static void Next(ActivityExecution execution)
    {
        ActivityNode? body = execution.Node.ChildIn("body");
        PlainList items = (PlainList)execution.State["items"]!;
        if (execution.IsBreaking || execution.Position >= items.Count)
        {
            execution.Run.Complete(execution);
            return;
        }

        int index = execution.Position++;
        execution.SetOutput("currentValue", items[index]);
        if (body is null)
            execution.Run.Complete(execution);
        else
            Loop.Round(execution, body, items[index], index);
    }
}
