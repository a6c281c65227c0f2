using System.Globalization;
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
        new("approver", "String", new("Approver", "审批人"), new("owner, architect, role:<role> or person:<mail address>; third in a personnel file. Default architect.", "owner、architect、role:<角色> 或 person:<邮箱>；人事档案中还可用 third。默认 architect。")) { DefaultValue = "architect", UIHint = "dropdown", OfferedFrom = OfferedLists.Assignees },
        new("approvers", "String[]", new("Approvers", "多位审批人"), new("Several approvers instead of one, each written like Approver; whoever is named twice is asked once. May be left out.", "用多位审批人代替一位，写法与“审批人”相同；重复的人只问一次。可省略。")) { UIHint = "multi-text" },
        new("needed", "String", new("Approvals needed", "需要的批准数"), new("all, any, or a number: how many of the approvers must approve. Default all.", "all（全部）、any（任意一位）或数字：需要多少位批准，默认 all。")) { DefaultValue = "all", FaultOfLiteral = FaultOfRule },
        EngagementInputs.Title,
        EngagementInputs.TitleZh,
        EngagementInputs.Instructions,
        EngagementInputs.InstructionsZh,
        EngagementInputs.Form,
        EngagementInputs.Document,
        new("requestedBy", "String", new("Requested by", "申请人"), new("The mail address of whoever asks; that person cannot decide. May be left out.", "申请人的邮箱，此人不能审批。可省略。")),
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
    Outcomes = [TaskOutcomes.Approved, TaskOutcomes.Returned, TaskOutcomes.Rejected, TaskOutcomes.TimedOut],
    Kind = "Task",
})
{
    private static readonly string[] Decisions = [TaskOutcomes.Approved, TaskOutcomes.Rejected, TaskOutcomes.Returned];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        IReadOnlyList<AssigneeExpression> approvers = Approvers(context);
        if (Rule(context).Needed is { } needed && needed > approvers.Count)
            throw EngagementContext.Fault(context, "needed", needed.ToString(CultureInfo.InvariantCulture), $"Only {approvers.Count} are asked, so that many approvals can never come.");
        return TaskProtocol.Open(context, TaskKind.Approval, approvers, context.RequiredLocalized("title"), Decisions, context.OptionalText("requestedBy"));
    }

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) =>
        TaskProtocol.Resume(
            context, bookmark, input, TimelineKinds.Approval, context.RequiredLocalized("title"), (given, open) => Rule(context).Decide([.. given.Select(one => one.Outcome)], open));

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) => TaskProtocol.Withdraw(context);

    private static IReadOnlyList<AssigneeExpression> Approvers(ActivityContext context)
    {
        if (context.Input("approvers") is null)
            return [context.Assignee("approver", "architect")];
        IReadOnlyList<string> several = context.Texts("approvers", []);
        if (several.Count == 0)
            throw EngagementContext.Fault(context, "approvers", "an empty list", "Name at least one: without an approver nothing can be approved.");
        foreach (string one in several)
        {
            if (!AssigneeExpression.TryParse(one, out _))
                throw EngagementContext.Fault(context, "approvers", one, AssigneeExpression.Rule);
        }

        return context.Ask(new ApproversAsked(context.EngagementId(), string.Join('\n', several.Select(one => one.Trim())), context.OptionalText("requestedBy"))).Assignees;
    }

    private static ApprovalRule Rule(ActivityContext context) => context.OptionalText("needed") is not { } text
        ? new(Needed: null)
        : ApprovalRule.Parse(text) ?? throw EngagementContext.Fault(context, "needed", text, ApprovalRule.Text);

    private static string? FaultOfRule(string text) => ApprovalRule.Parse(text) is null ? ApprovalRule.Text : null;
}
