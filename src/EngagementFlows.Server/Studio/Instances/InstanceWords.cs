using EngagementFlows.Engine;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>What the page around the Studio says about acts on instances.</summary>
internal static class InstanceWords
{
    public static LocalizedText EndedAlready { get; } = new("The instance has ended already. There was nothing to cancel.", "该实例已经结束，无需取消。");

    public static LocalizedText LivesStill { get; } = new("The instance is still running, so it was not deleted. Cancel it first.", "该实例仍在运行，未被删除。请先取消它。");

    public static LocalizedText SomeCouldNotBeEnded { get; } = new("{0} of {1} instances were cancelled. The others have ended, or are not there any more.", "已取消 {1} 个实例中的 {0} 个，其余的已经结束或不存在。");

    public static LocalizedText SomeCouldNotBeDeleted { get; } = new("{0} of {1} instances were deleted. The others are still running (cancel them first), or are not there any more.", "已删除 {1} 个实例中的 {0} 个，其余的仍在运行（请先取消）或不存在。");

    public static LocalizedText NotTakenIn { get; } = new(
        "Instances cannot be imported: their timers, tasks, links and mails live in the database that ran them, and a copy would do its work a second time. To move everything, restore a backup; to run the flow again, start a new instance.",
        "无法导入实例：实例的定时器、任务、链接和邮件都属于运行它的数据库，导入副本会使同样的工作再做一遍。如需整体迁移，请恢复备份；如需再次运行流程，请启动新实例。");
}
