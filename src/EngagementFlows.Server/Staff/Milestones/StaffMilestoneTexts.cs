using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Milestones;

/// <summary>The words about milestones.</summary>
internal static class StaffMilestoneTexts
{
    public static LocalizedText Title { get; } = new("Milestones", "里程碑");
    public static LocalizedText Planned { get; } = new("Planned for {0}", "计划日期 {0}");
    public static LocalizedText PlannedAtFirst { get; } = new("at first for {0}", "最初计划 {0}");
    public static LocalizedText ReachedOn { get; } = new("reached on {0}", "达成日期 {0}");
    public static LocalizedText By { get; } = new("noted by {0}", "记录人 {0}");
    public static LocalizedText Mark { get; } = new("Mark as reached", "标记为已达成");
    public static LocalizedText Date { get; } = new("Reached on", "达成日期");
    public static LocalizedText Save { get; } = new("Reached", "已达成");
    public static LocalizedText Marked { get; } = new("The milestone is marked as reached.", "已将里程碑标记为达成。");
    public static LocalizedText MarkedBefore { get; } = new("The milestone was marked as reached before.", "该里程碑此前已标记为达成。");
    public static LocalizedText Otherwise { get; } = new("Nothing was changed: it was reached on {0} already.", "未作更改：该里程碑已于{0}达成。");
    public static LocalizedText Ahead { get; } = new("Nothing was changed: the date lies ahead.", "未作更改：所填日期尚未到来。");
    public static LocalizedText NoDate { get; } = new("Give the date on which it was reached.", "请填写达成日期。");
    public static LocalizedText Gone { get; } = new("Nothing was changed: the milestone is no longer planned.", "未作更改：该里程碑已不在计划中。");
}
