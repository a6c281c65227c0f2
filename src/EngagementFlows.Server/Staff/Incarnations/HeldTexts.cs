using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Incarnations;

/// <summary>The words of the page about what a restore holds.</summary>
internal static class HeldTexts
{
    public static LocalizedText Title { get; } = new("Held since the restore", "恢复后暂停的事项");
    public static LocalizedText Restored { get; } = new("Restored {0} from a backup taken {1}", "于{0}从{1}的备份恢复");
    public static LocalizedText Why { get; } = new(
        "What was on its way when the backup was taken may have happened between the backup and the restore. Nothing of it goes out by itself, so that nobody gets a mail twice. What happened in between is not in this database: answers given then must be asked for again.",
        "备份时正在处理的事项，可能在备份之后、恢复之前已经完成。系统不会自动发送，以免对方重复收到。这段时间内收到的回复不在数据库中，需要重新征询。");
    public static LocalizedText NoneTitle { get; } = new("Nothing is held", "没有暂停的事项");
    public static LocalizedText NoneLine { get; } = new("After a restore, mails, calls and timers of before wait here for a decision.", "数据恢复后，之前的邮件、外部调用和定时器会在此等待处理。");
    public static LocalizedText Effects { get; } = new("Mails, calls and messages to other systems", "邮件、外部调用与发给其他系统的消息");
    public static LocalizedText Mail { get; } = new("Mail", "邮件");
    public static LocalizedText Call { get; } = new("HTTP call", "HTTP 调用");
    public static LocalizedText Message { get; } = new("Message to a webhook", "Webhook 消息");
    public static LocalizedText What { get; } = new("What", "事项");
    public static LocalizedText For { get; } = new("For", "对象");
    public static LocalizedText Written { get; } = new("Written", "撰写时间");
    public static LocalizedText Decision { get; } = new("Decision", "处理");
    public static LocalizedText WasBeingSent { get; } = new("Was being sent when the backup was taken", "备份时正在发送");
    public static LocalizedText More { get; } = new("{0} more follow when these are decided.", "处理后将显示其余 {0} 项。");
    public static LocalizedText Send { get; } = new("Send", "发送");
    public static LocalizedText SendAll { get; } = new("Send all {0}", "全部发送（{0}）");
    public static LocalizedText MarkSent { get; } = new("It was sent", "已发送过");
    public static LocalizedText MarkAllSent { get; } = new("All {0} mails were sent", "{0} 封邮件均已发送过");
    public static LocalizedText Facts { get; } = new("Timers", "定时器");
    public static LocalizedText FactsLine { get; } = new(
        "{0} timers and other facts and {1} schedules were due at the restore. Released, they are served one after the other at the pace of catching up, and mails of theirs go out.",
        "恢复时有 {0} 个定时器等事项和 {1} 个定期计划已到期。放行后将按限定速度依次处理，并发出相应邮件。");
    public static LocalizedText ReleaseFacts { get; } = new("Release the timers", "放行定时器");
    public static LocalizedText Done { get; } = new("Done: {0}.", "已处理 {0} 项。");
    public static LocalizedText NothingDone { get; } = new("Nothing of that was held any more.", "这些事项已被处理。");
}
