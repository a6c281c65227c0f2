using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>The words of clients' links, as the staff read them.</summary>
internal static class StaffLinkTexts
{
    public static LocalizedText Links { get; } = new("Links to clients", "客户链接");
    public static LocalizedText Title { get; } = new("Link for {0}", "给 {0} 的链接");
    public static LocalizedText Open { get; } = new("Waits for the answer until {0}", "等待回复，截止{0}");
    public static LocalizedText Answered { get; } = new("Answered on {0}", "已于{0}回复");
    public static LocalizedText Declined { get; } = new("Declined on {0}", "已于{0}谢绝");
    public static LocalizedText Ended { get; } = new("Ended on {0} without an answer", "已于{0}结束，未收到回复");
    public static LocalizedText Revoked { get; } = new("Taken back on {0}", "已于{0}撤回");
    public static LocalizedText Expired { get; } = new("Its date has passed: {0}", "已于{0}过期");
    public static LocalizedText Contact { get; } = new("Contact", "联系人");
    public static LocalizedText Issued { get; } = new("Sent", "发送");
    public static LocalizedText Until { get; } = new("Valid until", "有效至");
    public static LocalizedText Openings { get; } = new("Opened", "打开次数");
    public static LocalizedText NotOpened { get; } = new("Not yet", "尚未打开");
    public static LocalizedText ByPeople { get; } = new("{0} × probably by a person", "{0} 次，可能由本人打开");
    public static LocalizedText ByMachines { get; } = new("{0} × probably by a mail scanner", "{0} 次，可能由邮件扫描程序打开");
    public static LocalizedText GuessHint { get; } = new("A guess by what the visitor sends and when; never proof that somebody has read it.", "根据访问特征和时间推测，不能作为已阅读的证明。");
    public static LocalizedText LastOpened { get; } = new("Last opened", "最近打开");
    public static LocalizedText ByCode { get; } = new("Code from the mailbox", "邮箱验证码");
    public static LocalizedText ByCodeWanted { get; } = new("An answer counts only with it; none was sent yet.", "须输入验证码，答复才算数；尚未发送过。");
    public static LocalizedText ByCodeSent { get; } = new("An answer counts only with it; the last was sent {0}.", "须输入验证码，答复才算数；最近发送于{0}。");
    public static LocalizedText ByCodeDone { get; } = new("Confirmed {0}", "已于{0}确认");
    public static LocalizedText Successor { get; } = new("A newer link was sent in its place", "已另行发送新链接");
    public static LocalizedText ShowNewer { get; } = new("Show the newer link", "查看新链接");
    public static LocalizedText SendAnew { get; } = new("Send a new link", "发送新链接");
    public static LocalizedText SendAnewHint { get; } = new(
        "{0} gets the same mail again at {1}, with a new link. The old link is dead from that moment.",
        "{0} 将在 {1} 再次收到同一封邮件，其中为新链接。旧链接随即失效。");
    public static LocalizedText Revoke { get; } = new("Take the link back", "撤回链接");
    public static LocalizedText RevokeHint { get; } = new(
        "Whoever has it can no longer open the form. The flow goes on waiting until {0}, unless you send a new link.",
        "持有链接的人将无法再打开表单。流程会继续等待至{0}，除非您发送新链接。");
    public static LocalizedText RevokedNow { get; } = new("The link is dead. The flow still waits for an answer: send a new link, or let it wait.", "链接已失效。流程仍在等待回复：您可以发送新链接，或让其继续等待。");
    public static LocalizedText SentNow { get; } = new("A new link is on its way to {0}.", "新链接已发送给 {0}。");
    public static LocalizedText TooLate { get; } = new("That was too late: the link was answered, ended or replaced in the meantime.", "操作过晚：链接已被回复、结束或替换。");
    public static LocalizedText StillWaits { get; } = new("The flow still waits for an answer, and nobody has a link to give it.", "流程仍在等待回复，但目前没有可用的链接。");
}
