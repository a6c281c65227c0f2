using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Gives a member of staff a task and waits for its outcome.</summary>
public sealed class AssignTask() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.AssignTask",
    Category = EngagementInputs.TasksCategory,
    DisplayName = new("Assign task", "分配任务"),
    Description = new(
        "Gives a task to a person or a role, reminds and escalates, and goes on with the outcome that was chosen or with Timed out.",
        "把任务分配给某人或某个角色，按时催办并升级，然后按所选结果或“Timed out”继续。"),
    Inputs =
    [
        new("assignee", "String", new("Assignee", "负责人"), new("owner, architect, role:<role> or person:<mail address>; third in a personnel file. Default owner.", "owner、architect、role:<角色> 或 person:<邮箱>；人事档案中还可用 third。默认 owner。")) { DefaultValue = "owner", UIHint = "dropdown", OfferedFrom = OfferedLists.Assignees },
        EngagementInputs.Title,
        EngagementInputs.TitleZh,
        EngagementInputs.Instructions,
        EngagementInputs.InstructionsZh,
        EngagementInputs.Form,
        EngagementInputs.Document,
        new("outcomes", "String[]", new("Outcomes", "可选结果"), new("The outcomes to choose from, each an outcome of this activity. Default Done.", "可供选择的结果，每个都是本活动的出口，默认 Done。")) { UIHint = "dynamic-outcomes" },
        EngagementInputs.DueIn,
        EngagementInputs.DueOn,
        EngagementInputs.StaysOpen,
        EngagementInputs.RemindOfDated,
        EngagementInputs.Reminders,
        EngagementInputs.EscalateDated,
        EngagementInputs.FirmCalendar,
        EngagementInputs.Prefill,
    ],
    Outputs = [EngagementInputs.Outcome, EngagementInputs.Comment, EngagementInputs.CompletedBy, EngagementInputs.Answers],
    Outcomes = [TaskOutcomes.Done, TaskOutcomes.TimedOut],
    HasDynamicOutcomes = true,
    Kind = "Task",
})
{
    private static readonly string[] JustDone = [TaskOutcomes.Done];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context) =>
        TaskProtocol.Open(context, TaskKind.Work, [context.Assignee("assignee", "owner")], context.RequiredLocalized("title"), context.Texts("outcomes", JustDone));

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) =>
        TaskProtocol.Resume(context, bookmark, input, TimelineKinds.Task, context.RequiredLocalized("title"), (given, _) => given[^1].Outcome);

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) => TaskProtocol.Withdraw(context);
}
