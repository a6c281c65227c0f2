using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs its body for each number of a range. The range is fixed when the loop begins.</summary>
internal sealed class For() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.For",
    Category = Describe.Looping,
    DisplayName = Describe.Text("For", "计数循环"),
    Description = Describe.Text("Runs an activity for each number from start to end.", "从起始到结束的每个数字运行一次活动。"),
    Inputs =
    [
        Describe.Input("start", "Int32", Describe.Text("Start", "起始"), Describe.Text("First number; default 0.", "首个数字，默认 0。"), 0L),
        Describe.Input("end", "Int32", Describe.Text("End", "结束"), Describe.Text("Last number; default 0.", "末个数字，默认 0。"), 0L),
        Describe.Input("step", "Int32", Describe.Text("Step", "步长"), Describe.Text("Added each round, negative to count down; default 1.", "每轮增量，可为负；默认 1。"), 1L),
        Describe.Input("outerBoundInclusive", "Boolean", Describe.Text("Includes the end", "包含结束值"), Describe.Text("Whether the end itself is a round; default true.", "结束值是否也运行一轮；默认是。"), true).Editor("checkbox"),
    ],
    Outputs = [Describe.Output("currentValue", "Int32", Describe.Text("Current value", "当前值"), Describe.Text("The number of the round.", "本轮的数字。"))],
    ChildProperties = ["body"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        execution.State["next"] = Number(execution, "start");
        execution.State["end"] = Number(execution, "end");
        execution.State["step"] = Number(execution, "step");
        execution.State["inclusive"] = execution.Flag("outerBoundInclusive");
        Next(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) => Next(execution);

    private static void Next(ActivityExecution execution)
    {
        long current = (long)execution.State["next"]!;
        long end = (long)execution.State["end"]!;
        long step = (long)execution.State["step"]!;
        bool inclusive = execution.State["inclusive"] is true;
        bool goesOn = step >= 0 ? current < end || (inclusive && current == end) : current > end || (inclusive && current == end);
        ActivityNode? body = execution.Node.ChildIn("body");
        if (!goesOn || execution.IsBreaking || body is null)
        {
            execution.Run.Complete(execution);
            return;
        }

        execution.State["next"] = current + step;
        execution.SetOutput("currentValue", current);
        Loop.Round(execution, body, current, null);
    }

    private static long Number(ActivityExecution execution, string name) => execution.Input(name) as long? ?? 0;
}
