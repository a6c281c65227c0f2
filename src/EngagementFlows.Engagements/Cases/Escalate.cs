using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Hands a matter to the next rung of the ladder: owner → architect → the last rung. A person who stands on two rungs is asked once.</summary>
public sealed class Escalate() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.Escalate",
    Category = EngagementInputs.CasesCategory,
    DisplayName = new("Escalate", "升级"),
    Description = new(
        "Hands the matter to the next rung: from the owner to the architect, from there to the person named in the settings. The outcome is Top when the last rung holds it.",
        "把事项交给上一级：负责人之后是架构师，再到设置中指定的人员。由最高一级处理时走“Top”出口。"),
    Inputs =
    [
        EngagementInputs.Case,
        new("holder", "String", new("Holder", "当前处理人"), new("Who holds it now, as an assignee: owner, architect or person:<mail address>. Default owner.", "当前由谁处理：owner、architect 或 person:<邮箱>，默认 owner。")) { DefaultValue = "owner", UIHint = "dropdown", OfferedFrom = OfferedLists.Assignees },
    ],
    Outputs =
    [
        new("assignee", "String", new("Assignee", "负责人"), new("Who holds it from now on; on the last rung whoever held it.", "此后的处理人；已在最高一级时为原处理人。")),
        new("name", "String", new("Name", "姓名"), new("That person's name.", "其姓名。")),
    ],
    Outcomes = [Top, Escalated],
})
{
    /// <summary>The outcome if there is a higher rung still.</summary>
    public const string Escalated = "Escalated";

    /// <summary>The outcome if the last rung holds it: it climbed there now, or was there before.</summary>
    public const string Top = "Top";

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        AssigneeExpression holder = context.Assignee("holder", "owner");
        Guid? about = context.OptionalCaseId();
        if (context.Ask(new NextRungAsked(context.EngagementId(), holder)).Member is not { } next)
            return ActivityResult.Complete(Top).Set("assignee", holder.ToString());
        Effect[] owned = about is { } id ? [new CaseOwned(id, next.Email, IsEscalation: true)] : [];
        AssigneeExpression climbed = new(AssigneeKind.Person, next.Email);
        return ActivityResult.Complete(context.Ask(new NextRungAsked(context.EngagementId(), climbed)).Member is null ? Top : Escalated)
            .Set("assignee", climbed.ToString())
            .Set("name", next.Name)
            .With([.. owned, new TimelineEntryAdded(context.NewId("rung-entry"), context.EngagementId(), TimelineKinds.Task, new($"Escalated to {next.Name}", $"已升级给{next.Name}"), null, about)]);
    }
}
