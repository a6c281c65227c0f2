using EngagementFlows.Engine;

namespace EngagementFlows.Server.Studio.Rehearsal;

/// <summary>The words of a rehearsal.</summary>
internal static class RehearsalTexts
{
    public static LocalizedText Title { get; } = new("Rehearse: {0}", "演练：{0}");
    public static LocalizedText Line { get; } = new("Plays the saved draft in memory, with a clock of its own. Nothing is sent, nothing is stored.", "在内存中以虚拟时间运行已保存的草稿，不会发送或存储任何内容。");
    public static LocalizedText Version { get; } = new("Version {0}", "第 {0} 版");
    public static LocalizedText Inputs { get; } = new("Inputs", "输入");
    public static LocalizedText InputHint { get; } = new("Text, or JSON for lists and objects. Empty = not given.", "文本；列表和对象请用 JSON。留空表示不提供。");
    public static LocalizedText ClientLanguage { get; } = new("The client's language", "客户语言");
    public static LocalizedText ClientZone { get; } = new("The client's time zone", "客户时区");
    public static LocalizedText Begins { get; } = new("Begins on", "开始日期");
    public static LocalizedText Start { get; } = new("Start", "开始");
    public static LocalizedText Again { get; } = new("From the beginning", "重新开始");
    public static LocalizedText Undo { get; } = new("Take the last step back", "撤销上一步");
    public static LocalizedText Clock { get; } = new("It is {0}", "当前时间：{0}");
    public static LocalizedText WaitsFor { get; } = new("What waits", "等待处理");
    public static LocalizedText NothingWaits { get; } = new("Nobody is asked anything.", "没有待处理的事项。");
    public static LocalizedText TaskOf { get; } = new("Task of {0}", "{0} 的任务");
    public static LocalizedText AskedOfClient { get; } = new("Asked of the client", "请客户填写");
    public static LocalizedText Due { get; } = new("due {0}", "期限 {0}");
    public static LocalizedText Do { get; } = new("Answer", "填写");
    public static LocalizedText Send { get; } = new("Send the answer", "提交回复");
    public static LocalizedText Decline { get; } = new("Decline", "谢绝");
    public static LocalizedText Declined { get; } = new("No, thank you.", "不用了，谢谢。");
    public static LocalizedText LetPass { get; } = new("Let time pass", "时间推进");
    public static LocalizedText Hour { get; } = new("1 hour", "1 小时");
    public static LocalizedText Day { get; } = new("1 day", "1 天");
    public static LocalizedText ThreeDays { get; } = new("3 days", "3 天");
    public static LocalizedText Week { get; } = new("1 week", "1 周");
    public static LocalizedText WorkingDay { get; } = new("1 working day", "1 个工作日");
    public static LocalizedText NextDue { get; } = new("Until {0}, when something happens by itself", "直到 {0}（届时自动触发）");
    public static LocalizedText Event { get; } = new("Publish the event “{0}”", "发布事件“{0}”");
    public static LocalizedText Way { get; } = new("The way so far", "经过");
    public static LocalizedText Mails { get; } = new("Mails", "邮件");
    public static LocalizedText NoMails { get; } = new("None went out yet.", "尚未发出邮件。");
    public static LocalizedText MailTo { get; } = new("To {0}: {1}", "致{0}：{1}");
    public static LocalizedText Client { get; } = new("the client", "客户");
    public static LocalizedText Staff { get; } = new("the staff", "员工");
    public static LocalizedText ReminderNo { get; } = new("reminder {0}", "第 {0} 次提醒");
    public static LocalizedText OfTheHouse { get; } = new("A letter of the house; its text is the same in all flows.", "系统统一邮件，所有流程内容相同。");
    public static LocalizedText MailBroken { get; } = new("The mail cannot be written: {0}", "邮件无法生成：{0}");
    public static LocalizedText Variables { get; } = new("Variables", "变量");
    public static LocalizedText Failed { get; } = new("Failed at {0}: {1}", "{0} 出错：{1}");
    public static LocalizedText Unreadable { get; } = new("This draft cannot be read as a flow. Save it in the editor first.", "此草稿无法作为流程读取，请先在编辑器中保存。");
    public static LocalizedText Problem { get; } = new("That came to nothing: {0}", "未能执行：{0}");
    public static LocalizedText Lost { get; } = new("The rehearsal is too long, or was lost on the way. Begin again.", "演练过长或已丢失，请重新开始。");
    public static LocalizedText AnswerFaulty { get; } = new("The form does not take these answers:", "表单不接受以下填写内容：");
    public static LocalizedText Keep { get; } = new("Keep as a case", "保存为用例");
    public static LocalizedText KeepLine { get; } = new("A case plays the same steps again and compares what comes of them; “export” writes it into the flow's folder.", "用例会重放相同步骤并比对结果；“export”命令会将其写入流程文件夹。");
    public static LocalizedText CaseName { get; } = new("What it shows", "用例说明");
    public static LocalizedText Kept { get; } = new("Kept as {0}.", "已保存为 {0}。");
    public static LocalizedText NameMissing { get; } = new("Give the case a name of 1 to 200 characters.", "请填写 1 至 200 个字符的用例说明。");
    public static LocalizedText Child { get; } = new("in another flow", "在其他流程中");
}
