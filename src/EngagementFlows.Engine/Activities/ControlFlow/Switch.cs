using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs the activity of the first matching case, or those of all.</summary>
internal sealed class Switch() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Switch",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Switch", "多路选择"),
    Description = Describe.Text("Runs the activity of the first case whose condition is true, or of all such cases.", "运行首个（或所有）条件为真的分支。"),
    Inputs =
    [
        Describe.Input("cases", "Object", Describe.Text("Cases", "分支"), Describe.Text("Labels with conditions and activities.", "带条件与活动的标签。")).Late().Plain().Editor("switch-editor"),
        Describe.Input("mode", "Object", Describe.Text("Mode", "模式"), Describe.Text("MatchFirst or MatchAny; default MatchFirst.", "MatchFirst 或 MatchAny，默认 MatchFirst。")).Editor("dropdown", "MatchFirst", "MatchAny"),
    ],
    ChildProperties = ["cases", "default"],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        List<(string Label, string? ActivityId)> matching = SwitchCases.Matching(execution);
        foreach ((_, string? activityId) in matching)
        {
            if (activityId is null || execution.Node.Child(activityId) is not { } child)
                continue;
            execution.Position++;
            execution.Run.Schedule(execution, child);
        }

        if (matching.Count == 0 && execution.Node.ChildIn("default") is { } otherwise)
        {
            execution.Position++;
            execution.Run.Schedule(execution, otherwise);
        }

        if (execution.Position == 0)
            execution.Run.Complete(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (--execution.Position == 0)
            execution.Run.Complete(execution);
    }
}
