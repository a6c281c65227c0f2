using EngagementFlows.Engagements.Clients;
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
        new("template", "String", new("Template", "模板"), new("The mail's name: welcome means mail/welcome.en.md and mail/welcome.zh-CN.md.", "邮件名称：welcome 即 mail/welcome.en.md 与 mail/welcome.zh-CN.md。")) { IsRequired = true },
        new("message", "String", new("Message", "附言"), new("A text that the template merges as Message; may be left out.", "模板以 Message 引用的文字，可省略。")) { UIHint = "multi-line" },
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
        };
        return ActivityResult.Done.Set("mailId", mailId.ToString("D")).With(mail);
    }
}
