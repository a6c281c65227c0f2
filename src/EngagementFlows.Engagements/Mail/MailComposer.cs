using EngagementFlows.Engagements.Mail.Markup;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Makes mails of templates.</summary>
public static class MailComposer
{
    /// <summary>Composes a mail in the reader's language, or the nearest that the mail exists in.</summary>
    /// <param name="templates">The mail.</param>
    /// <param name="language">The reader's language, or <see langword="null"/> if unknown.</param>
    /// <param name="model">What the template's names mean.</param>
    /// <param name="frame">What every mail shows around its letter.</param>
    /// <exception cref="MailTemplateException">A name that the model lacks, an address that is none, a budget that was spent.</exception>
    public static ComposedMail Compose(MailTemplateSet templates, string? language, PlainObject model, MailFrame frame) =>
        Compose(templates.In(language), model, frame);

    /// <summary>Composes a mail of one template.</summary>
    /// <exception cref="MailTemplateException">As above.</exception>
    public static ComposedMail Compose(MailTemplate template, PlainObject model, MailFrame frame)
    {
        string subject = template.RenderSubject(model, ContextOf(template, frame));
        MailDocument letter = Letter(template, model, frame);
        MailTexts texts = MailTexts.In(template.Language);
        try
        {
            string html = MailLayout.Html(template.Language, subject, HtmlPart.Write(letter, texts), frame, texts);
            string text = MailLayout.Text(TextPart.Write(letter, texts), template.Language, frame, texts);
            return new ComposedMail(template.Language, subject, html, text);
        }
        catch (MailAddressException fault)
        {
            throw new MailTemplateException([new MailFault(template.Path, fault.Message)]);
        }
    }

    /// <summary>Gives the letter itself, without what every mail shows around it.</summary>
    internal static MailDocument Letter(MailTemplate template, PlainObject model, MailFrame frame) =>
        MailDocument.Parse(template.RenderBody(model, ContextOf(template, frame)));

    private static ScriptContext ContextOf(MailTemplate template, MailFrame frame) => new()
    {
        Now = frame.Now,
        Zone = frame.Zone,
        Culture = MailDates.IsChinese(template.Language) ? "zh-CN" : "en",
    };
}
