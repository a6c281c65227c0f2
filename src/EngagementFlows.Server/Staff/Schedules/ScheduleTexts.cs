using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Schedules;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>The words of recurring schedules.</summary>
internal static class ScheduleTexts
{
    public static LocalizedText Title { get; } = new("Schedules", "定期计划");
    public static LocalizedText Line { get; } = new("Flows that start, and events that come, again and again.", "定期启动的流程和定期发布的事件。");
    public static LocalizedText Make { get; } = new("Make a schedule", "新建计划");
    public static LocalizedText MakeIt { get; } = new("Make the schedule", "创建计划");
    public static LocalizedText NoneTitle { get; } = new("No schedules yet", "还没有定期计划");
    public static LocalizedText NoneLine { get; } = new("Make one for each flow that is to start by itself, such as a report on the first working day of each month.", "为每个需要自动启动的流程新建一个计划，例如每月第一个工作日的报告。");
    public static LocalizedText NoneToRead { get; } = new("Operators and administrators make them; they appear here then.", "由运营人员和管理员新建，新建后会显示在这里。");
    public static LocalizedText NoMatchTitle { get; } = new("No schedule matches", "没有符合条件的计划");
    public static LocalizedText NoMatchLine { get; } = new("Change the words or the state.", "请调整关键词或状态。");
    public static LocalizedText ShowAll { get; } = new("Show all", "显示全部");
    public static LocalizedText Find { get; } = new("Find by name", "按名称查找");
    public static LocalizedText Filter { get; } = new("Filter", "筛选");
    public static LocalizedText AllStates { get; } = new("All states", "全部状态");
    public static LocalizedText Name { get; } = new("Name", "名称");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText When { get; } = new("Comes again", "周期");
    public static LocalizedText Next { get; } = new("Next", "下次触发");
    public static LocalizedText Active { get; } = new("Active", "启用");
    public static LocalizedText Paused { get; } = new("Paused", "已暂停");
    public static LocalizedText Ended { get; } = new("Ended", "已结束");
    public static LocalizedText Held { get; } = new("Held since the restore", "恢复后暂缓");
    public static LocalizedText HeldLine { get; } = new("It was due when the database was restored and waits until somebody releases what is held.", "数据库恢复时已到期，需有人放行暂缓事项后才会继续。");
    public static LocalizedText ToHeld { get; } = new("See what is held", "查看暂缓事项");
    public static LocalizedText NotPublished { get; } = new("No version of '{0}' is published: what this schedule starts will wait, parked, until one is.", "流程“{0}”没有已发布的版本：计划启动的实例会搁置，直到发布为止。");

    public static LocalizedText Edit { get; } = new("Edit", "编辑");
    public static LocalizedText Save { get; } = new("Save the schedule", "保存计划");
    public static LocalizedText Preview { get; } = new("Show the next ten", "预览接下来十次");
    public static LocalizedText Pause { get; } = new("Pause", "暂停");
    public static LocalizedText Resume { get; } = new("Resume", "恢复");
    public static LocalizedText RunNow { get; } = new("Run now", "立即执行");
    public static LocalizedText Remove { get; } = new("Remove", "删除");
    public static LocalizedText RemoveHint { get; } = new("It never fires again, and the list of what it did goes with it. Flows that it started go on. This cannot be undone.", "将不再触发，触发记录也会一并删除，且无法恢复。已启动的流程会继续运行。");
    public static LocalizedText Done { get; } = new("Done.", "已完成。");
    public static LocalizedText Saved { get; } = new("The schedule is saved.", "计划已保存。");
    public static LocalizedText Ran { get; } = new("It runs now; what it started is in the list below.", "已立即执行，启动的内容见下方列表。");
    public static LocalizedText Removed { get; } = new("The schedule is removed.", "计划已删除。");
    public static LocalizedText Gone { get; } = new("Nothing was done: it has changed meanwhile. Look at it again.", "未执行：内容已变化，请重新查看。");
    public static LocalizedText Closed { get; } = new("Nothing was done: it starts something for an engagement that you may not see.", "未执行：该计划用于您无权查看的业务。");
    public static LocalizedText NameTaken { get; } = new("There is a schedule of that name already. Choose another.", "已有同名的计划，请换一个名称。");
    public static LocalizedText BadInput { get; } = new("The inputs are not a JSON object such as {\"month\": \"March\"}. Correct them, or leave them empty.", "输入内容不是 JSON 对象，例如 {\"month\": \"3月\"}。请更正或留空。");

    public static LocalizedText Does { get; } = new("What it does", "执行内容");
    public static LocalizedText Starts { get; } = new("Starts the flow", "启动流程");
    public static LocalizedText Publishes { get; } = new("Publishes the event", "发布事件");
    public static LocalizedText NoFlow { get; } = new("none: it publishes an event", "无：发布事件");
    public static LocalizedText EventHint { get; } = new("Only if no flow is chosen. Instances that wait for an event of this name go on.", "未选择流程时填写。等待此名称事件的实例会继续执行。");
    public static LocalizedText Inputs { get; } = new("Inputs", "输入");
    public static LocalizedText InputsHint { get; } = new("A JSON object, such as {\"month\": \"March\"}; the flow finds it as its inputs, an event as its payload.", "JSON 对象，例如 {\"month\": \"3月\"}；作为流程的输入或事件的内容。");
    public static LocalizedText Key { get; } = new("Business key", "业务标识");
    public static LocalizedText KeyHint { get; } = new("For our own flows the engagement's id. Empty for none.", "对于本产品的流程即业务编号；可留空。");
    public static LocalizedText ForEach { get; } = new("Once for each engagement of these stages and tiers", "为符合以下阶段和等级的每项业务各启动一次");
    public static LocalizedText ForEachHint { get; } = new("Nothing ticked under stages or tiers means all of them.", "阶段或等级均未勾选时表示全部。");
    public static LocalizedText Stages { get; } = new("Stages", "阶段");
    public static LocalizedText Tiers { get; } = new("Tiers", "等级");
    public static LocalizedText Tier { get; } = new("Tier {0}", "等级 {0}");
    public static LocalizedText EachOf { get; } = new("Each engagement: {0}; {1}", "每项业务：{0}；{1}");
    public static LocalizedText AllStages { get; } = new("all stages", "全部阶段");
    public static LocalizedText AllTiers { get; } = new("all tiers", "全部等级");

    public static LocalizedText Kind { get; } = new("Written as", "表示方式");
    public static LocalizedText Expression { get; } = new("Expression", "表达式");
    public static LocalizedText ExpressionHint { get; } = new(
        "Cron: 30 9 * * MON-FRI. Rule: FREQ=MONTHLY;BYDAY=1MO. Interval: 15 minutes, 2 hours, 3 days.", "Cron：30 9 * * MON-FRI。RRULE：FREQ=MONTHLY;BYDAY=1MO。间隔：15 分钟、2 小时、3 天。");
    public static LocalizedText Zone { get; } = new("Time zone", "时区");
    public static LocalizedText ZoneHint { get; } = new("An IANA name such as Asia/Shanghai or Europe/Berlin.", "IANA 名称，如 Asia/Shanghai、Europe/Berlin。");
    public static LocalizedText StartsAt { get; } = new("From", "开始");
    public static LocalizedText EndsAt { get; } = new("Until", "结束");
    public static LocalizedText TimesHint { get; } = new("In the schedule's time zone. A rule needs a start, which gives its time of day; the end may stay empty.", "以计划的时区为准。RRULE 需要开始时间并以其为每天的时刻；结束可留空。");
    public static LocalizedText Calendar { get; } = new("Calendar", "日历");
    public static LocalizedText CalendarHint { get; } = new("firm, a calendar of the firm, or a country's code such as CN. Only if days are skipped or moved.", "firm、公司日历名称或国家代码（如 CN）。仅在跳过或移动日期时填写。");
    public static LocalizedText OnFreeDays { get; } = new("On its free days", "遇休息日");
    public static LocalizedText OnMissed { get; } = new("What was missed", "错过的触发");
    public static LocalizedText MissedHint { get; } = new("While no server ran, or after a restore.", "服务停止期间或恢复之后。");
    public static LocalizedText OnOverlap { get; } = new("If the last one still runs", "上一次仍在运行时");

    public static LocalizedText NextTen { get; } = new("The next ten", "接下来十次");
    public static LocalizedText InZone { get; } = new("In {0}", "{0} 时间");
    public static LocalizedText ForYou { get; } = new("For you", "您的时间");
    public static LocalizedText ForYouLabel { get; } = new("For you:", "您的时间：");
    public static LocalizedText NextLabel { get; } = new("Next:", "下次触发：");
    public static LocalizedText NothingNext { get; } = new("It does not fire.", "不会触发。");
    public static LocalizedText Firings { get; } = new("What it did", "触发记录");
    public static LocalizedText NoFirings { get; } = new("Nothing yet", "尚未触发");
    public static LocalizedText NoFiringsLine { get; } = new("Each firing appears here with what it started.", "每次触发及其启动的内容会显示在这里。");
    public static LocalizedText Instant { get; } = new("Instant", "时刻");
    public static LocalizedText Outcome { get; } = new("Outcome", "结果");
    public static LocalizedText Started { get; } = new("Started", "启动内容");
    public static LocalizedText ByHand { get; } = new("by {0}", "{0} 手动执行");
    public static LocalizedText ToInstance { get; } = new("Instance", "实例");
    public static LocalizedText ManyInstances { get; } = new("{0} instances", "{0} 个实例");
    public static LocalizedText AnEvent { get; } = new("the event", "事件");
    public static LocalizedText ChangedBy { get; } = new("Changed", "最近修改");

    public static LocalizedText NameOf(CadenceKind kind) => kind switch
    {
        CadenceKind.Cron => new("Cron, minute first", "Cron（分钟在前）"),
        CadenceKind.CronWithSeconds => new("Cron, second first", "Cron（秒在前）"),
        CadenceKind.Rrule => new("Rule (RRULE)", "规则（RRULE）"),
        _ => new("Interval", "间隔"),
    };

    public static LocalizedText NameOf(FreeDayPolicy policy) => policy switch
    {
        FreeDayPolicy.Skip => new("skip", "跳过"),
        FreeDayPolicy.Before => new("on the working day before", "提前到前一个工作日"),
        FreeDayPolicy.After => new("on the working day after", "顺延到后一个工作日"),
        _ => new("all the same", "照常执行"),
    };

    public static LocalizedText NameOf(CatchUpPolicy policy) => policy switch
    {
        CatchUpPolicy.RunAll => new("is made up for, each of it", "逐次补执行"),
        CatchUpPolicy.Skip => new("is left out", "不补执行"),
        _ => new("is made up for once", "补执行一次"),
    };

    public static LocalizedText NameOf(OverlapPolicy policy) => policy switch
    {
        OverlapPolicy.Skip => new("leave it out", "跳过"),
        OverlapPolicy.Queue => new("start after its end", "排队，结束后启动"),
        _ => new("start all the same", "照常启动"),
    };

    public static LocalizedText OutcomeOf(string state) => state switch
    {
        "fired" => new("Fired", "已触发"),
        "skipped" => new("Left out: the last one still ran", "已跳过：上一次仍在运行"),
        "queued" => new("Waits for the end of the last one", "排队，等待上一次结束"),
        _ => Held,
    };

    public static LocalizedText StatusOf(string status) => status switch
    {
        "finished" => Staff.Instances.InstanceTexts.Finished,
        "cancelled" => Staff.Instances.InstanceTexts.Cancelled,
        "faulted" => Staff.Instances.InstanceTexts.Faulted,
        _ => Staff.Instances.InstanceTexts.Waiting,
    };

    public static (LocalizedText Text, Controls.Tone Tone) StateOf(RecurringSchedule schedule) => schedule switch
    {
        { State: RecurringSchedule.Paused } => (Paused, Controls.Tone.Waiting),
        { HeldDueAt: not null } => (Held, Controls.Tone.NeedsYou),
        { NextDueAt: null } => (Ended, Controls.Tone.Waiting),
        _ => (Active, Controls.Tone.Done),
    };
}
