using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Home;

/// <summary>The words of the first page.</summary>
internal static class HomeTexts
{
    public static LocalizedText NeedsMe { get; } = new("What needs me", "需要我处理");
    public static LocalizedText AllTasks { get; } = new("Show all {0}", "查看全部 {0} 项");
    public static LocalizedText NothingTitle { get; } = new("Nothing needs you now", "目前没有需要您处理的事项");
    public static LocalizedText NothingLine { get; } = new("Approvals and tasks for you or your role appear here.", "分配给您或您角色的审批和任务会显示在这里。");
    public static LocalizedText IsAnythingWrong { get; } = new("Is anything wrong?", "有异常吗？");
    public static LocalizedText AllGood { get; } = new("violated promises", "项承诺被违反");
    public static LocalizedText Violated { get; } = new("violated promises. Run “doctor” for details.", "项承诺被违反，请运行 doctor 查看详情。");
    public static LocalizedText CountedAt { get; } = new("Counted {0}", "统计于{0}");
    public static LocalizedText Incidents { get; } = new("Incidents that wait for a person", "等待处理的异常");
    public static LocalizedText Stalled { get; } = new("Instances that nothing will move", "已停滞的实例");
    public static LocalizedText Uncertain { get; } = new("Mails of which nobody knows whether they arrived", "不确定是否已发送的邮件");
    public static LocalizedText Delayed { get; } = new("Mails that the mail server has not taken yet", "邮件服务器尚未接收的邮件");
    public static LocalizedText DelayReason { get; } = new("The last attempt: {0}", "最近一次尝试：{0}");
    public static LocalizedText UncertainCalls { get; } = new("Outside calls of which nobody knows whether they happened", "不确定是否已发生的外部调用");
    public static LocalizedText Rejected { get; } = new("Mails refused in the last 7 days", "近 7 天被拒收的邮件");
    public static LocalizedText Running { get; } = new("Instances under way", "进行中的实例");
    public static LocalizedText Recent { get; } = new("Latest instances", "最近的实例");
    public static LocalizedText Restored { get; } = new("The database was restored {0} from a backup taken {1}.", "数据库已于{0}从{1}的备份恢复。");
    public static LocalizedText HeldCount { get; } = new("Held until somebody releases it: {0}", "等待人工放行的事项：{0} 项");
    public static LocalizedText Decide { get; } = new("Open", "处理");
}
