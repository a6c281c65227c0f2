using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>The words of the mailbox.</summary>
internal static class MailboxTexts
{
    public static LocalizedText NoneTitle { get; } = new("No mails yet", "还没有邮件");
    public static LocalizedText NoneLine { get; } = new(
        "Every mail that a flow writes appears here, with what became of it.",
        "流程发出的每封邮件及其状态都会显示在这里。");
    public static LocalizedText NoMatchTitle { get; } = new("No mail matches", "没有符合条件的邮件");
    public static LocalizedText Find { get; } = new("Subject, recipient or client", "主题、收件人或客户");
    public static LocalizedText To { get; } = new("To", "收件人");
    public static LocalizedText HeadNames { get; } = new("Shown as written to", "邮件中显示的收件人");
    public static LocalizedText Subject { get; } = new("Subject", "主题");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Written { get; } = new("Written", "撰写时间");
    public static LocalizedText AllAudiences { get; } = new("To everybody", "全部收件人");
    public static LocalizedText Clients { get; } = new("To clients", "发给客户");
    public static LocalizedText Staff { get; } = new("To staff", "发给同事");
    public static LocalizedText AllStates { get; } = new("All states", "全部状态");
    public static LocalizedText Pending { get; } = new("Waits to be sent", "等待发送");
    public static LocalizedText HeldUntil { get; } = new("Held until {0}", "将于{0}发送");
    public static LocalizedText Failing { get; } = new("Not taken yet; tried again {0}", "尚未被接收，将于{0}重试");
    public static LocalizedText Sending { get; } = new("Being sent", "正在发送");
    public static LocalizedText Accepted { get; } = new("Sent", "已发送");
    public static LocalizedText Rejected { get; } = new("Refused by the mail server", "被邮件服务器拒收");
    public static LocalizedText NotSent { get; } = new("Not sent: somebody decided so", "已决定不再发送");
    public static LocalizedText Uncertain { get; } = new("Uncertain: perhaps sent", "不确定是否已发送");
    public static LocalizedText Held { get; } = new("Held since a restore", "数据恢复后暂停发送");
    public static LocalizedText HeldHint { get; } = new(
        "The database was restored from a backup. This mail was perhaps sent after the backup was taken, so it waits for a person.",
        "数据库已从备份恢复。备份之后这封邮件可能已经发出，因此需要人工确认。");
    public static LocalizedText HeldDecide { get; } = new("Decide about what is held", "处理暂停的事项");
    public static LocalizedText UncertainHint { get; } = new(
        "The connection was lost while the mail was being handed over. It is not sent again by itself, so that nobody gets it twice.",
        "交付邮件时连接中断。系统不会自动重发，以免对方重复收到。");
    public static LocalizedText Decide { get; } = new("What became of it?", "这封邮件怎么样了？");
    public static LocalizedText RejectedHint { get; } = new(
        "The mail was not taken. Mend what its words name – an address, a setting – and send it again; or write to the reader another way.",
        "邮件未被接受。请先处理回应中指出的问题（如地址或设置），再重新发送；也可以用其他方式联系收件人。");
    public static LocalizedText Arrived { get; } = new("It arrived", "对方已收到");
    public static LocalizedText ArrivedHint { get; } = new("You have asked the reader, or seen it in the mail server's log.", "您已向收件人确认，或在邮件服务器日志中查到。");
    public static LocalizedText Again { get; } = new("Send it again", "重新发送");
    public static LocalizedText AgainHint { get; } = new("If the first one did arrive after all, the reader gets it twice.", "如果第一封其实已送达，对方会收到两封。");
    public static LocalizedText AgainRejectedHint { get; } = new("It is tried as if it were new.", "将作为新邮件重新尝试。");
    public static LocalizedText LetBe { get; } = new("Do not send it any more", "不再发送");
    public static LocalizedText LetBeHint { get; } = new("It is kept as not sent.", "记录为未发送。");
    public static LocalizedText ArrivedDone { get; } = new("Noted: the mail arrived.", "已记录：邮件已送达。");
    public static LocalizedText AgainDone { get; } = new("The mail is on its way again.", "邮件正在重新发送。");
    public static LocalizedText LetBeDone { get; } = new("Noted: the mail is not sent any more.", "已记录：不再发送这封邮件。");
    public static LocalizedText AlreadySettled { get; } = new(
        "Nothing was changed: meanwhile somebody has decided, or the mail server has answered.",
        "没有任何改动：已有人处理，或邮件服务器已给出回应。");
    public static LocalizedText TryServer { get; } = new("Try the mail server", "测试邮件服务器");
    public static LocalizedText ServerReady { get; } = new("The mail server {0} is ready; nothing was sent. {1}", "邮件服务器 {0} 可用，未发送任何邮件。{1}");
    public static LocalizedText ServerNotReady { get; } = new("The mail server {0} is not ready: {1}", "邮件服务器 {0} 不可用：{1}");
    public static LocalizedText SendTest { get; } = new("Send me a test mail", "给我发送测试邮件");
    public static LocalizedText TestAccepted { get; } = new("The mail server took the test mail to {0}. It said: {1}", "邮件服务器已接收发往 {0} 的测试邮件。回应：{1}");
    public static LocalizedText TestRejected { get; } = new("The test mail was refused: {0}", "测试邮件被拒收：{0}");
    public static LocalizedText TestUncertain { get; } = new("Nobody knows whether the test mail was taken: {0}", "不确定测试邮件是否已被接收：{0}");
    public static LocalizedText TestFailing { get; } = new("The test mail was not taken yet; it is tried again by itself. {0}", "测试邮件尚未被接收，系统会自动重试。{0}");
    public static LocalizedText TestUnderWay { get; } = new("The test mail is on its way; this page shows what becomes of it.", "测试邮件正在发送，结果会显示在本页。");
    public static LocalizedText Client { get; } = new("Client", "客户");
    public static LocalizedText Flow { get; } = new("Flow", "流程");
    public static LocalizedText ShowFlow { get; } = new("Show the flow", "查看流程");
    public static LocalizedText Language { get; } = new("Language", "语言");
    public static LocalizedText Template { get; } = new("Template", "模板");
    public static LocalizedText ReplyTo { get; } = new("Replies go to", "回复至");
    public static LocalizedText ServerSaid { get; } = new("Mail server said", "邮件服务器回应");
    public static LocalizedText AsHtml { get; } = new("As the reader sees it", "收件人看到的样子");
    public static LocalizedText AsText { get; } = new("Text part", "纯文本部分");
    public static LocalizedText Files { get; } = new("Files", "附件");
    public static LocalizedText Invitation { get; } = new("Invitation", "会议邀请");
    public static LocalizedText Cancellation { get; } = new("Cancellation of a meeting", "会议取消");
    public static LocalizedText Reply { get; } = new("Answer to an invitation", "对邀请的答复");
    public static LocalizedText What { get; } = new("What", "主题");
    public static LocalizedText Starts { get; } = new("Starts", "开始");
    public static LocalizedText Ends { get; } = new("Ends", "结束");
    public static LocalizedText Where { get; } = new("Where", "地点");
    public static LocalizedText Organizer { get; } = new("Organised by", "组织者");
    public static LocalizedText Repeats { get; } = new("Repeats", "重复会议");
    public static LocalizedText SaveCalendar { get; } = new("Save for a calendar", "保存到日历");
    public static LocalizedText CalendarUnread { get; } = new("Its times cannot be shown here; a calendar can read it.", "此处无法显示时间，可用日历打开。");
    public static LocalizedText Unsubscribe { get; } = new("To unsubscribe", "退订");
    public static LocalizedText OpenLink { get; } = new("Open the client's link", "打开客户的链接");
    public static LocalizedText LinkShown { get; } = new(
        "Mails are written into a folder only, so you may follow the link in the client's place.",
        "邮件目前只写入文件夹，因此您可以代替客户打开链接。");
    public static LocalizedText LinkMasked { get; } = new(
        "The client's link is not shown here: whoever has it can answer in the client's place.",
        "此处不显示客户的链接：持有链接的人可以代替客户回复。");
    public static LocalizedText CodeShown { get; } = new(
        "Mails are written into a folder only, so you see the code and may type it in the client's place.",
        "邮件目前只写入文件夹，因此此处显示验证码，您可以代替客户输入。");
    public static LocalizedText CodeMasked { get; } = new(
        "The code is not shown here: it proves that the answer comes from the client's mailbox.",
        "此处不显示验证码：它用于证明答复来自客户本人的邮箱。");
    public static LocalizedText AccountLinkMasked { get; } = new(
        "The one-time link is not shown here: whoever has it sets the reader's password.",
        "此处不显示一次性链接：持有链接的人可以设置收件人的密码。");
    public static LocalizedText Masked { get; } = new("https://…/(hidden)", "https://…/（已隐藏）");
}
