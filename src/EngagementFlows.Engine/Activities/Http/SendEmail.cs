using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>Sends a mail whose addresses and texts are the definition's own.</summary>
internal sealed class SendEmail() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.SendEmail",
    Category = Describe.Email,
    DisplayName = Describe.Text("Send email", "发送邮件"),
    Description = Describe.Text("Sends a mail. For mails to clients use Send mail to client, which knows their language.", "发送邮件。致客户的邮件请使用“给客户发邮件”，它使用客户的语言。"),
    Inputs =
    [
        Describe.Input("from", "String", Describe.Text("From", "发件人"), Describe.Text("Nothing = the configured sender.", "留空则用配置的发件人。")),
        Describe.Input("to", "String[]", Describe.Text("To", "收件人"), Describe.Text("Addresses.", "邮箱地址。")).Editor("multi-text").Required(),
        Describe.Input("cc", "String[]", Describe.Text("Cc", "抄送"), Describe.Text("Addresses.", "邮箱地址。")).Editor("multi-text"),
        Describe.Input("bcc", "String[]", Describe.Text("Bcc", "密送"), Describe.Text("Addresses.", "邮箱地址。")).Editor("multi-text"),
        Describe.Input("subject", "String", Describe.Text("Subject", "主题"), Describe.Text("One line.", "一行文字。")),
        Describe.Input("body", "String", Describe.Text("Body", "正文"), Describe.Text("HTML.", "HTML 格式的正文。")).Editor("multi-line"),
        Describe.Input("attachments", "Object", Describe.Text("Attachments", "附件"), Describe.Text("Not supported: a mail with attachments is refused.", "不支持附件。")).WithoutEffect(),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.Input("attachments") is not (null or "" or PlainList { Count: 0 }))
            throw new ActivityFaultException($"The activity '{context.ActivityId}' wants to send an attachment, which is not supported. Remove it, or link to the document.");
        string[] to = Addresses(context, "to");
        if (to.Length == 0)
            throw new ActivityFaultException($"The activity '{context.ActivityId}' names no recipient. Set 'to'.");
        return ActivityResult.Done.With(new EmailRequested(
            context.EffectKey("email"),
            context.Text("from") is { Length: > 0 } from ? from : null,
            to,
            Addresses(context, "cc"),
            Addresses(context, "bcc"),
            context.Text("subject") ?? string.Empty,
            context.Text("body") ?? string.Empty));
    }

    private static string[] Addresses(ActivityContext context, string input) =>
        [.. (context.Input(input) as PlainList ?? []).Select(ValueConversion.ToText).OfType<string>().Where(address => address.Length > 0)];
}
