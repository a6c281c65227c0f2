using EngagementFlows.Engine;

namespace EngagementFlows.Server.ClientPages;

/// <summary>What clients read behind a link. Kind, plain, and silent about everything that is not theirs.</summary>
internal static class ClientTexts
{
    public static LocalizedText Progress { get; } = new("Page {0} of {1}", "第 {0} 页，共 {1} 页");
    public static LocalizedText AsksYou { get; } = new("{0} asks you", "{0} 请您填写");
    public static LocalizedText ReadsIt { get; } = new("{0} reads what you write here", "您填写的内容由 {0} 查看");
    public static LocalizedText Greeting { get; } = new("For {0}", "致 {0}");
    public static LocalizedText Until { get; } = new("Please answer by {0}.", "请在{0}前回复。");
    public static LocalizedText Next { get; } = new("Continue", "继续");
    public static LocalizedText Back { get; } = new("Back", "返回上一页");
    public static LocalizedText Send { get; } = new("Send answer", "提交");
    public static LocalizedText SendSheet { get; } = new("Send", "提交");
    public static LocalizedText FaultsTitle { get; } = new("Please look at this again", "请检查以下内容");
    public static LocalizedText DeclineLink { get; } = new("I would rather not answer", "我不方便回答");
    public static LocalizedText DeclineTitle { get; } = new("You would rather not answer?", "不方便回答？");
    public static LocalizedText DeclineLine { get; } = new(
        "That is fine. If you like, tell us why; then we do not ask the same again.",
        "没有关系。如果愿意，请告诉我们原因，我们就不再重复询问。");
    public static LocalizedText DeclineReason { get; } = new("Reason", "原因");
    public static LocalizedText DeclineSend { get; } = new("Decline to answer", "确认不回答");
    public static LocalizedText DeclineBack { get; } = new("Back to the form", "返回表单");
    public static LocalizedText ReasonFaulty { get; } = new("Please shorten the reason to {0} characters and type it without special signs.", "请将原因缩短到 {0} 个字符以内，且不要使用特殊符号。");
    public static LocalizedText ConfirmTitle { get; } = new("One more step", "最后一步");
    public static LocalizedText ConfirmLine { get; } = new(
        "This answer counts, so we ask for a code. We send it to {0}, the mailbox that we have on record.",
        "这是一份正式答复，需要验证码确认。验证码将发送到我们登记的邮箱 {0}。");
    public static LocalizedText DeclineConfirmLine { get; } = new(
        "We ask for a code, so that nobody declines in your place. We send it to {0}, the mailbox that we have on record.",
        "为避免他人代您谢绝，需要验证码确认。验证码将发送到我们登记的邮箱 {0}。");
    public static LocalizedText CodeSend { get; } = new("Send me a code", "发送验证码");
    public static LocalizedText CodeSendAnew { get; } = new("Send a new code", "重新发送验证码");
    public static LocalizedText CodeSent { get; } = new(
        "A code is on its way to {0}. It is valid until {1}; a newer one replaces it. If you do not see the mail within a few minutes, look into the folder for unwanted mail.",
        "验证码已发往 {0}，有效期至{1}。重新发送后，旧验证码失效。如几分钟内未收到邮件，请查看垃圾邮件文件夹。");
    public static LocalizedText CodeLabel { get; } = new("Code from the mail", "邮件中的验证码");
    public static LocalizedText CodeHint { get; } = new("Six digits. Nothing is sent to us before you have typed them.", "六位数字，输入之前内容不会提交。");
    public static LocalizedText CodeWrong { get; } = new("This is not the code of the newest mail. Please compare and type it once more.", "验证码与最新邮件中的不一致，请核对后重新输入。");
    public static LocalizedText CodeNone { get; } = new("Please type the six digits from our mail.", "请输入邮件中的六位数字。");
    public static LocalizedText CodeDead { get; } = new(
        "No code can be used any more: its time has passed, or it was typed wrongly too often. Please let us send you a new one.",
        "验证码已不能使用：可能已过有效期，或输错次数过多。请重新发送验证码。");
    public static LocalizedText CodeTooMany { get; } = new(
        "We have sent as many codes as we may for now. Please look for the newest mail, try again in an hour, or write to us.",
        "目前已达到验证码发送上限。请查找最新的邮件，一小时后再试，或与我们联系。");
    public static LocalizedText CodeBack { get; } = new("Back to the form", "返回表单");
    public static LocalizedText Arrived { get; } = new("Thank you, your answer has arrived", "谢谢，我们已收到您的回复");
    public static LocalizedText ArrivedBefore { get; } = new("You have answered already", "您已经回复过了");
    public static LocalizedText DeclinedDone { get; } = new("Thank you for telling us", "谢谢您的告知");
    public static LocalizedText ArrivedAt { get; } = new("We received it on {0}.", "收到时间：{0}。");
    public static LocalizedText NextTitle { get; } = new("What happens next", "接下来");
    public static LocalizedText NextAnswered { get; } = new(
        "{0} reads your answer and writes to you by mail. You need not do anything now, and you may close this page.",
        "{0} 会阅读您的回复，并通过邮件与您联系。您现在无需做任何事，可以关闭本页。");
    public static LocalizedText NextDeclined { get; } = new(
        "{0} has been told. You get no more reminders about this.",
        "我们已转告 {0}。您不会再收到相关提醒。");
    public static LocalizedText SheetArrived { get; } = new("Thank you, we have it", "谢谢，我们已收到");
    public static LocalizedText SheetNext { get; } = new(
        "{0} looks after it and writes to you by mail. You need not do anything now, and you may close this page.",
        "{0} 会跟进此事，并通过邮件与您联系。您现在无需做任何事，可以关闭本页。");
    public static LocalizedText SheetPromised { get; } = new("You have an answer by {0}.", "我们会在{0}前答复您。");
    public static LocalizedText SheetPromisedProvisionally { get; } = new(
        "You have an answer by {0}, as far as the holidays of that year are known.", "我们会在{0}前答复您（该年度节假日尚未公布，日期可能调整）。");
    public static LocalizedText SheetKeep { get; } = new(
        "If something else is wrong later, use the link in our mail again.", "今后如有其他问题，可再次使用邮件中的链接。");
    public static LocalizedText StandingExpiredLine { get; } = new(
        "Its time has passed. Please write to us or call us: we take care of your matter just the same, and gladly send you a new link.",
        "链接已过有效期。请来信或致电，我们同样会处理您的事情，并给您发送新的链接。");
    public static LocalizedText StandingRevokedLine { get; } = new(
        "It was taken back. Please write to us or call us: we take care of your matter just the same.",
        "此链接已被撤回。请来信或致电，我们同样会处理您的事情。");
    public static LocalizedText StandingOften { get; } = new("That was often for one day", "今天的提交次数已满");
    public static LocalizedText StandingOftenLine { get; } = new(
        "Through this link we take {0} a day, and what you sent before has arrived. This one was not sent. Please try again tomorrow; if it cannot wait, write to us or call us.",
        "此链接每天最多可提交 {0} 次，之前提交的内容均已收到，但本次未能提交。请明天再试；如情况紧急，请来信或致电。");
    public static LocalizedText StandingAway { get; } = new("This form cannot be used at the moment", "此表单暂时无法使用");
    public static LocalizedText StandingAwayLine { get; } = new(
        "Nothing was sent. Please write to us or call us: we take care of your matter just the same.",
        "内容未能提交。请来信或致电，我们同样会处理您的事情。");
    public static LocalizedText Expired { get; } = new("This link is no longer valid", "此链接已失效");
    public static LocalizedText ExpiredLine { get; } = new(
        "Its time has passed. If you still want to answer, write to us; we gladly send you a new link.",
        "链接已过有效期。如果您仍想回复，请与我们联系，我们会给您发送新的链接。");
    public static LocalizedText RevokedLine { get; } = new(
        "It was taken back. If you have a newer mail from us, use the link in it; otherwise write to us.",
        "此链接已被撤回。如果您收到了我们更新的邮件，请使用其中的链接；否则请与我们联系。");
    public static LocalizedText Hurried { get; } = new("One moment, please", "请稍候");
    public static LocalizedText HurriedLine { get; } = new(
        "This page was opened very often just now. Please wait a minute and try again; nothing is lost.",
        "此页面刚刚被频繁打开。请稍等一分钟后再试，内容不会丢失。");
    public static LocalizedText Ended { get; } = new("There is nothing left to answer here", "这里已无需回复");
    public static LocalizedText EndedLine { get; } = new(
        "What we asked has been settled in the meantime. You need not do anything.",
        "我们询问的事情已另行处理，您无需做任何事。");
    public static LocalizedText Unknown { get; } = new("This address opens nothing", "此地址无法打开任何内容");
    public static LocalizedText UnknownLine { get; } = new(
        "Please open the link in our mail again, and take care that it is complete. If that does not help, write to us.",
        "请重新打开邮件中的链接，并确认链接完整。如仍无法打开，请与我们联系。");
    public static LocalizedText WriteTo { get; } = new("Questions? Write to {0}.", "如有疑问，请写信至 {0}。");
    public static LocalizedText OrCall { get; } = new("Or call {0}.", "也可致电 {0}。");
    public static LocalizedText SaysOtherwise { get; } = new(
        "What we ask you was changed while this page was open, so nothing was sent. Please look again and answer anew.",
        "页面打开期间，询问的内容已有更改，您的答复未提交。请重新查看后再答复。");
    public static LocalizedText PageTooOld { get; } = new(
        "This page was open for too long, so nothing was sent. Please fill it in once more.",
        "页面打开时间过长，内容未能提交。请重新填写一次。");
}
