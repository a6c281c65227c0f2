using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Milestones;

/// <summary>Makes the milestones of a plan those of the engagement: data that figures are drawn from, that staff mark as reached, and of which plan and actual can be told.</summary>
/// <remarks>Milestones are found again by their names. What was reached stays; what a later plan moves keeps its first date; what it does not name is withdrawn.</remarks>
public sealed class SetMilestones() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.SetMilestones",
    Category = EngagementInputs.DocumentsCategory,
    DisplayName = new("Set milestones", "设置里程碑"),
    Description = new(
        "Makes the milestones of a plan those of the engagement. A later plan finds them by their names: it moves dates, keeps what was reached, and withdraws what it does not name.",
        "把方案中的里程碑设为项目的里程碑。后续方案按名称对应：调整日期，保留已达成的，取消未列出的。"),
    Inputs =
    [
        new("milestones", "Object", new("Milestones", "里程碑"), new("The list of the plan: objects with title (or name) and due (or date, on).", "方案中的列表：含 title（或 name）与 due（或 date、on）的对象。")) { IsRequired = true },
        EngagementInputs.Document with { Description = new("The version of the plan that they stand in: the output Version of Propose version. May be left out.", "里程碑所在的方案版本：即“提出版本”的输出 Version。可省略。") },
    ],
    Outputs =
    [
        new("milestones", "Object", new("Milestones", "里程碑"), new("All that stand now, by date: id, name, plannedOn, firstPlannedOn, reachedOn, standing, isMoved.", "当前有效的全部里程碑（按日期）：id、name、plannedOn、firstPlannedOn、reachedOn、standing、isMoved。")),
        new("added", "Int32", new("Added", "新增数"), new("How many are new.", "新增的数量。")),
        new("moved", "Int32", new("Moved", "改期数"), new("How many have another date than before.", "日期有变动的数量。")),
        new("withdrawn", "Int32", new("Withdrawn", "取消数"), new("How many the plan has dropped.", "方案中已取消的数量。")),
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        IReadOnlyList<PlannedMilestone> planned = PlannedMilestone.Read(context.Input("milestones"), out string? fault)
            ?? throw EngagementContext.Fault(context, "milestones", context.Input("milestones") as string, fault!);
        Guid engagement = context.EngagementId();
        Guid? version = context.DocumentVersionId();
        (Guid, PlannedMilestone)[] named = [.. planned.Select((one, i) => (context.NewId($"milestone-{i}"), one))];
        MilestonePlan plan = MilestonePlan.Of(context.Ask(new MilestonesAsked(engagement)).All, named, engagement, version, context.Now);
        DateOnly today = context.Today();
        return ActivityResult.Done
            .Set("milestones", new PlainList(plan.After.Where(one => one.WithdrawnAt is null).Select(one => (object?)MilestoneTexts.Plain(one, today))))
            .Set("added", (long)plan.Added)
            .Set("moved", (long)plan.Moved)
            .Set("withdrawn", (long)plan.Withdrawn)
            .With(
                new MilestonesSet(engagement, version, named, plan.After),
                new TimelineEntryAdded(context.NewId("milestones-entry"), engagement, TimelineKinds.Record, Told(plan), null, version));
    }

    private static LocalizedText Told(MilestonePlan plan) => new(
        $"Milestones planned: {plan.Added} new, {plan.Moved} moved, {plan.Withdrawn} withdrawn",
        $"已计划里程碑：新增 {plan.Added} 个，改期 {plan.Moved} 个，取消 {plan.Withdrawn} 个");
}
