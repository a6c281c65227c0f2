using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Asks an architect to approve, reject or return, and waits for the decision.</summary>
public sealed class RequestApproval() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.RequestApproval",
    Category = EngagementInputs.TasksCategory,
    DisplayName = new("Request approval", "请求审批"),
    Description = new(
        "Asks the engagement's architect, or somebody else, to approve, reject or return; nobody decides about his own request.",
        "请该项目的架构师（或其他人）批准、拒绝或退回；任何人不得审批自己的请求。"),
    Inputs =
    [
        new("approver", "String", new("Approver", "审批人"), new("owner, architect, role:<role> or person:<mail address>. Default architect.", "owner、architect、role:<角色> 或 person:<邮箱>，默认 architect。")) { DefaultValue = "architect" },
        EngagementInputs.Title,
        EngagementInputs.TitleZh,
        EngagementInputs.Instructions,
        EngagementInputs.InstructionsZh,
        EngagementInputs.Form,
        new("requestedBy", "String", new("Requested by", "申请人"), new("The mail address of whoever asks; that person cannot decide. May be left out.", "申请人的邮箱，此人不能审批。可省略。")),
        EngagementInputs.DueIn,
        EngagementInputs.StaysOpen,
        EngagementInputs.RemindEvery,
        EngagementInputs.Reminders,
        EngagementInputs.EscalateAfter,
        EngagementInputs.FirmCalendar,
    ],
    Outputs = [EngagementInputs.Outcome, EngagementInputs.Comment, EngagementInputs.CompletedBy, EngagementInputs.Answers],
    Outcomes = [TaskOutcomes.Approved, TaskOutcomes.Rejected, TaskOutcomes.Returned, TaskOutcomes.TimedOut],
    Kind = "Task",
})
{
    private static readonly string[] Decisions = [TaskOutcomes.Approved, TaskOutcomes.Rejected, TaskOutcomes.Returned];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context) =>
        TaskProtocol.Open(context, TaskKind.Approval, context.Assignee("approver", "architect"), context.RequiredLocalized("title"), Decisions, context.OptionalText("requestedBy"));

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) =>
        TaskProtocol.Resume(context, bookmark, input, TimelineKinds.Approval, context.RequiredLocalized("title"));

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) => TaskProtocol.Withdraw(context);
}
