using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Promises;

/// <summary>The words of promises and their clocks.</summary>
internal static class PromiseTexts
{
    public static LocalizedText Title { get; } = new("Promises", "承诺");
    public static LocalizedText Line { get; } = new("How soon we answer, by kind of case, and how often we kept it.", "各类问题的答复时限，以及守约情况。");
    public static LocalizedText Table { get; } = new("What we promise", "承诺时限");
    public static LocalizedText Make { get; } = new("Make a class", "新建类别");
    public static LocalizedText Save { get; } = new("Save the class", "保存类别");
    public static LocalizedText Class { get; } = new("Class", "类别");
    public static LocalizedText Id { get; } = new("Id in flows", "流程中的标识");
    public static LocalizedText IdHint { get; } = new("Small letters, digits and hyphens, such as urgent.", "小写字母、数字和连字符，例如 urgent。");
    public static LocalizedText Name { get; } = new("Name (English)", "名称（英文）");
    public static LocalizedText NameZh { get; } = new("Name (Chinese)", "名称（中文）");
    public static LocalizedText Answer { get; } = new("Answer within", "答复时限");
    public static LocalizedText Solution { get; } = new("Solution proposed within", "方案时限");
    public static LocalizedText DurationHint { get; } = new("Like 2 working hours, 3 working days, or 1.00:00:00 for a day of any kind.", "例如 2 个工作小时、3 个工作日，或 1.00:00:00（一个自然日）。");
    public static LocalizedText Tiers { get; } = new("Otherwise for clients of a tier", "按客户等级另行约定");
    public static LocalizedText TiersHint { get; } = new("Leave both fields of a tier empty to promise its clients the same as all.", "某等级的两项均留空，则与其他客户相同。");
    public static LocalizedText Tier { get; } = new("Tier {0}", "{0} 级");
    public static LocalizedText TierAnswer { get; } = new("Tier {0}: answer", "{0} 级：答复");
    public static LocalizedText TierSolution { get; } = new("Tier {0}: solution", "{0} 级：方案");
    public static LocalizedText Remove { get; } = new("Remove the class", "删除类别");
    public static LocalizedText RemoveHint { get; } = new("Flows that name it stop with an incident; clocks that run keep their limit.", "引用它的流程会出现异常；正在进行的计时保持原时限。");
    public static LocalizedText Removed { get; } = new("Removed.", "已删除。");
    public static LocalizedText Saved { get; } = new("Saved. It counts for clocks that start from now on.", "已保存，对此后开始的计时生效。");
    public static LocalizedText Figures { get; } = new("How they were kept", "守约情况");
    public static LocalizedText By { get; } = new("By", "分组");
    public static LocalizedText Days { get; } = new("Stopped in the last", "停止于最近");
    public static LocalizedText LastDays { get; } = new("{0} days", "{0} 天");
    public static LocalizedText Show { get; } = new("Show", "查看");
    public static LocalizedText Kept { get; } = new("Kept", "守约");
    public static LocalizedText Missed { get; } = new("Missed", "超时");
    public static LocalizedText Running { get; } = new("Running", "进行中");
    public static LocalizedText Overdue { get; } = new("{0} overdue", "其中 {0} 项已超时");
    public static LocalizedText Closed { get; } = new("Closed", "随流程结束");
    public static LocalizedText Median { get; } = new("Median", "中位数");
    public static LocalizedText P95 { get; } = new("95 % within", "95% 不超过");
    public static LocalizedText CountKept { get; } = new("{0} kept", "守约 {0} 次");
    public static LocalizedText CountMissed { get; } = new("{0} missed", "超时 {0} 次");
    public static LocalizedText CountRunning { get; } = new("{0} running", "进行中 {0} 项");
    public static LocalizedText Span { get; } = new("median {0}, 95 % within {1}", "中位数 {0}，95% 不超过 {1}");
    public static LocalizedText None { get; } = new("No clock was started yet", "尚无计时");
    public static LocalizedText NoneLine { get; } = new("Flows start them with “Start clock” and stop them with “Stop clock”; what came of it appears here.", "流程用“开始计时”与“停止计时”记录，结果显示在这里。");

    public static LocalizedText NameOf(Postgres.Promises.ClockGrouping by) => by switch
    {
        Postgres.Promises.ClockGrouping.Class => new("Class", "类别"),
        Postgres.Promises.ClockGrouping.Owner => new("Owner", "负责人"),
        Postgres.Promises.ClockGrouping.Engagement => new("Engagement", "项目"),
        Postgres.Promises.ClockGrouping.Month => new("Month", "月份"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the grouping '{by}' has no name."),
    };

    public static LocalizedText NameOf(ClockState state) => state switch
    {
        ClockState.Running => Running,
        ClockState.Stopped => new("Stopped", "已停止"),
        ClockState.Closed => Closed,
        _ => throw new InvalidOperationException($"EngagementFlows bug: the clock state '{state}' has no name."),
    };
}
