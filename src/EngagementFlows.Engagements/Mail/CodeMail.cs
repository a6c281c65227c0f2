using System.Reflection;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The mail with the code by which a contact confirms an answer; it belongs to the product, not to a process.</summary>
public static class CodeMail
{
    /// <summary>Gets its templates.</summary>
    public static MailTemplateSet Templates { get; } = MailTemplateSet.Parse("link-code", Languages.All.ToDictionary(language => language, Resource));

    /// <summary>Composes it.</summary>
    /// <param name="firm">The firm.</param>
    /// <param name="contact">Who gets it, in his language.</param>
    /// <param name="owner">Who asks, and whom replies reach.</param>
    /// <param name="code">The code; a placeholder stands for it until the mail is sent.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="now">The instant of composing.</param>
    public static ComposedMail Compose(Firm firm, Contact contact, Person owner, Guid code, DateTimeOffset expiresAt, DateTimeOffset now) => MailComposer.Compose(
        Templates,
        contact.Language,
        new PlainObject
        {
            ["Firm"] = new PlainObject { ["Name"] = firm.Name },
            ["Contact"] = new PlainObject { ["Name"] = contact.Name },
            ["Code"] = MailAddresses.CodePlaceholder(code),
            ["ExpiresAt"] = expiresAt,
        },
        new MailFrame(firm.Name, owner.Name, owner.Phone ?? firm.Phone, owner.Email)
        {
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(contact.Zone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc,
            Now = now,
        });

    private static string Resource(string language)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"mail/link-code.{language}")
            ?? throw new InvalidOperationException($"EngagementFlows bug: the mail with a code is not built in for '{language}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
