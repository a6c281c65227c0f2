using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>The words about instances: states, waits, the journal.</summary>
internal static class InstanceTexts
{
    public static LocalizedText Provisional { get; } = new("{0} (provisional)", "{0}（暂定）");
    public static LocalizedText Pending { get; } = new("Pending", "等待启动");
    public static LocalizedText Running { get; } = new("Running", "运行中");
    public static LocalizedText Waiting { get; } = new("Waiting", "等待中");
    public static LocalizedText Finished { get; } = new("Finished", "已完成");
    public static LocalizedText Cancelled { get; } = new("Cancelled", "已取消");
    public static LocalizedText Faulted { get; } = new("Faulted", "因错误终止");
    public static LocalizedText Stalled { get; } = new("Stalled", "已停滞");
    public static LocalizedText Incident { get; } = new("Needs mending", "需要处理");

    public static LocalizedText AllStates { get; } = new("All states", "全部状态");
    public static LocalizedText AllDefinitions { get; } = new("All flows", "全部流程");
    public static LocalizedText NeedAttention { get; } = new("Needs attention", "需要处理");
    public static LocalizedText Find { get; } = new("Client, name, or id", "客户、名称或编号");
    public static LocalizedText Filter { get; } = new("Filter", "筛选");
    public static LocalizedText Instance { get; } = new("Instance", "实例");
    public static LocalizedText Flow { get; } = new("Flow", "流程");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText StandsAt { get; } = new("Stands at", "当前情况");
    public static LocalizedText Began { get; } = new("Began", "开始时间");
    public static LocalizedText FlowVersion { get; } = new("{0}, version {1}", "{0}，第 {1} 版");
    public static LocalizedText NoneTitle { get; } = new("No instances yet", "还没有实例");
    public static LocalizedText NoneLine { get; } = new(
        "Each run of a flow appears here. Runs begin by a trigger, through the API, or with the import of clients.",
        "流程每次运行都会显示在这里。运行可由触发器、API 或导入客户启动。");
    public static LocalizedText NoMatchTitle { get; } = new("Nothing matches these filters", "没有符合条件的实例");
    public static LocalizedText NoMatchLine { get; } = new("Take a filter away to see more.", "减少筛选条件可查看更多。");
    public static LocalizedText ShowAll { get; } = new("Show all", "显示全部");
    public static LocalizedText Unnamed { get; } = new("(no name)", "（未命名）");

    public static LocalizedText WaitsForClient { get; } = new("Waits for the client's answer since {0}", "自{0}起等待客户回复");
    public static LocalizedText WaitsForTask { get; } = new("Waits for a colleague's decision since {0}", "自{0}起等待同事处理");
    public static LocalizedText WaitsForEvent { get; } = new("Waits for the event “{1}” since {0}", "自{0}起等待事件“{1}”");
    public static LocalizedText WaitsForTime { get; } = new("Waits until {0}", "等待至{0}");
    public static LocalizedText WaitsForRequest { get; } = new("Waits for a request to {1} since {0}", "自{0}起等待请求 {1}");
    public static LocalizedText WaitsForChild { get; } = new("Waits for another flow since {0}", "自{0}起等待另一流程结束");
    public static LocalizedText WaitsForCall { get; } = new("Waits for the answer of a call since {0}", "自{0}起等待外部调用结果");
    public static LocalizedText WaitsForOther { get; } = new("Waits for “{1}” since {0}", "自{0}起等待“{1}”");
    public static LocalizedText ReminderOn { get; } = new("reminder on {0}", "{0}提醒");
    public static LocalizedText EscalatesOn { get; } = new("escalates on {0}", "{0}升级催办");
    public static LocalizedText GivesUpOn { get; } = new("gives up on {0}", "{0}放弃等待");
    public static LocalizedText AndMore { get; } = new("and {0} more", "另有 {0} 项");
    public static LocalizedText FinishedOn { get; } = new("Finished on {0}", "{0}完成");
    public static LocalizedText CancelledOn { get; } = new("Cancelled on {0}", "{0}取消");
    public static LocalizedText FaultedOn { get; } = new("Ended by a failure on {0}", "{0}因错误终止");
    public static LocalizedText StalledLine { get; } = new("Has nothing left to do, and nothing will move it", "已无可执行的步骤，也不会再有触发");
    public static LocalizedText IncidentLine { get; } = new("{0} incident(s) wait for a person", "{0} 个异常等待处理");
    public static LocalizedText PendingLine { get; } = new("Accepted, not yet begun", "已受理，尚未开始");

    public static LocalizedText Facts { get; } = new("Facts", "基本信息");
    public static LocalizedText Id { get; } = new("Id", "编号");
    public static LocalizedText Correlation { get; } = new("Belongs to", "关联");
    public static LocalizedText Parent { get; } = new("Started by", "由其启动");
    public static LocalizedText ParentLink { get; } = new("another instance", "另一实例");
    public static LocalizedText Changed { get; } = new("Last change", "最近变化");
    public static LocalizedText Variables { get; } = new("Variables", "变量");
    public static LocalizedText Inputs { get; } = new("Inputs", "输入");
    public static LocalizedText NoVariables { get; } = new("This flow keeps no variables.", "此流程没有变量。");
    public static LocalizedText Mails { get; } = new("Mails", "邮件");
    public static LocalizedText NoMails { get; } = new("No mails so far.", "暂无邮件。");
    public static LocalizedText Tasks { get; } = new("Tasks", "任务");
    public static LocalizedText Cancel { get; } = new("Cancel this instance", "取消此实例");
    public static LocalizedText CancelHint { get; } = new(
        "Ends the run for good. Its open tasks and links end with it; mails that were sent stay sent.",
        "永久终止此次运行。未完成的任务和链接一并终止，已发送的邮件不受影响。");
    public static LocalizedText CancelDone { get; } = new("The instance is cancelled.", "实例已取消。");
    public static LocalizedText CancelTooLate { get; } = new("Nothing was changed: the instance had ended before.", "没有任何改动：该实例此前已结束。");
    public static LocalizedText Moved { get; } = new("Nothing was changed: the instance has gone on since you read the page. Look at it again and decide anew.", "没有任何改动：您打开页面后该实例又有了进展。请查看最新情况后再操作。");
    public static LocalizedText Incidents { get; } = new("Incidents", "异常");
    public static LocalizedText NotLoaded { get; } = new("The definition version of this instance is not loaded; its variables cannot be shown.", "此实例的流程版本未加载，无法显示变量。");
}
