using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Writes one of the process's mails to the engagement's contact.</summary>
public sealed class SendClientMail() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.SendClientMail",
    Category = EngagementInputs.ClientsCategory,
    DisplayName = new("Send mail to client", "给客户发邮件"),
    Description = new("Sends a mail of this process to the engagement's contact, in the contact's language. It does not wait for an answer.", "用联系人的语言发送本流程的邮件，不等待回复。"),
    Inputs =
    [
        new("template", "String", new("Template", "模板"), new("The mail's name: welcome means mail/welcome.en.md and mail/welcome.zh-CN.md.", "邮件名称：welcome 即 mail/welcome.en.md 与 mail/welcome.zh-CN.md。")) { IsRequired = true, UIHint = "dropdown", OfferedFrom = OfferedLists.Mails },
        new("message", "String", new("Message", "附言"), new("A text that the template merges as Message; may be left out.", "模板以 Message 引用的文字，可省略。")) { UIHint = "multi-line" },
        new("files", "String[]", new("Files", "附件"), new("Files of this process that go with the mail, such as files/terms.pdf; may be left out.", "随邮件发送的本流程文件，例如 files/terms.pdf，可省略。")) { UIHint = "multi-text" },
        new("calendar", "String", new("Calendar", "日历"), new("An iCalendar object with METHOD REQUEST, CANCEL or REPLY, which mail programs show as an invitation; may be left out.", "iCalendar 内容，METHOD 为 REQUEST、CANCEL 或 REPLY，邮件程序会显示为会议邀请，可省略。")) { UIHint = "multi-line" },
        new("mayUnsubscribe", "Boolean", new("May unsubscribe", "允许退订"), new("Whether mail programs offer to unsubscribe: for news and the like, not for what the engagement needs. Default false.", "邮件程序是否提供退订：适用于资讯类邮件，不用于项目必需的邮件，默认否。")) { DefaultValue = false, UIHint = "checkbox" },
    ],
    Outputs = [new("mailId", "String", new("Mail id", "邮件编号"), new("The id of the mail in the mailbox.", "该邮件在发件箱中的编号。"))],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid mailId = context.NewId("mail");
        ClientMailRequested mail = new(
            mailId, context.EffectKey("mail"), context.EngagementId(), context.DefinitionVersionId, MailName.Of(context, "template"), context.Data)
        {
            Message = context.OptionalText("message"),
            Files = FilesOf(context),
            Calendar = CalendarOf(context),
            MayUnsubscribe = context.Input("mayUnsubscribe") is true,
        };
        return ActivityResult.Done.Set("mailId", mailId.ToString("D")).With(mail);
    }

    private static IReadOnlyList<string> FilesOf(ActivityContext context)
    {
        IReadOnlyList<string> files = [.. context.Texts("files", []).Distinct(StringComparer.Ordinal)];
        if (files.Count > MailLimits.Files)
            throw new ActivityFaultException($"Activity '{context.ActivityId}': input 'files' names {files.Count} files; at most {MailLimits.Files} go with a mail.");
        return files.FirstOrDefault(file => !EngagementContext.IsAssetPath(file, "files")) is { } wrong
            ? throw EngagementContext.Fault(context, "files", wrong, "Name files of the process folder, like 'files/terms.pdf'.")
            : files;
    }

    private static MimeCalendar? CalendarOf(ActivityContext context)
    {
        if (context.Text("calendar") is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return MimeCalendar.Of(text);
        }
        catch (FormatException fault)
        {
            throw new ActivityFaultException($"Activity '{context.ActivityId}': input 'calendar' cannot be used. {fault.Message}");
        }
    }
}
