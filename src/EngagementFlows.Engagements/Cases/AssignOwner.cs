using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Names one person who answers for a case or for what follows in the flow; where nobody can be named, that is an incident.</summary>
public sealed class AssignOwner() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.AssignOwner",
    Category = EngagementInputs.CasesCategory,
    DisplayName = new("Assign owner", "指定负责人"),
    Description = new(
        "Names one person who answers for the matter: somebody by name, or one of a role. Where nobody is found it becomes an incident, for nothing may be without an owner.",
        "为事项指定一名负责人：指定的人，或某角色中的一人。找不到人选时产生异常，因为任何事项都必须有人负责。"),
    Inputs =
    [
        EngagementInputs.Case,
        new("from", "String", new("From", "人选范围"), new("owner, architect, role:<role> or person:<mail address>. Default owner.", "owner、architect、role:<角色> 或 person:<邮箱>，默认 owner。")) { DefaultValue = "owner", UIHint = "dropdown", OfferedFrom = OfferedLists.Assignees },
        new("choose", "String", new("Choose", "选择方式"), new("How one of a role is chosen: least-loaded (fewest open tasks) or in-turn. Default least-loaded.", "同角色中如何选择：least-loaded（待办最少）或 in-turn（轮流），默认 least-loaded。")) { DefaultValue = "least-loaded", UIHint = "dropdown", Options = Choices, NameOfOption = NameOfChoice },
        new("isNeutral", "Boolean", new("Neutral", "须中立"), new("Whether it must be somebody who has not touched the matter: neither owner nor architect, and without a task in this flow. Default false.", "是否必须是未经手此事的人：既非负责人或架构师，也没有本流程的任务，默认否。")) { DefaultValue = false, UIHint = "checkbox" },
    ],
    Outputs =
    [
        new("assignee", "String", new("Assignee", "负责人"), new("The person as an assignee, for the tasks that follow.", "以负责人写法表示的人员，供后续任务使用。")),
        new("name", "String", new("Name", "姓名"), new("The person's name.", "姓名。")),
    ],
})
{
    private static readonly string[] Choices = ["least-loaded", "in-turn"];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        OwnerChoice choice = context.OneOf("choose", Choices, Choices[0]) == Choices[0] ? OwnerChoice.LeastLoaded : OwnerChoice.InTurn;
        Guid? about = context.OptionalCaseId();
        StaffMember owner = context.Ask(new OwnerAsked(context.EngagementId(), context.InstanceId, context.Assignee("from", "owner"), choice, context.Flag("isNeutral")));
        Effect[] owned = about is { } id ? [new CaseOwned(id, owner.Email, IsEscalation: false)] : [];
        return ActivityResult.Done
            .Set("assignee", new AssigneeExpression(AssigneeKind.Person, owner.Email).ToString())
            .Set("name", owner.Name)
            .With([.. owned, new TimelineEntryAdded(context.NewId("owner-entry"), context.EngagementId(), TimelineKinds.Task, new($"Owner: {owner.Name}", $"负责人：{owner.Name}"), null, about)]);
    }

    private static LocalizedText NameOfChoice(string choice) => choice == Choices[0] ? new("Fewest open tasks", "待办最少") : new("In turn", "轮流");
}
