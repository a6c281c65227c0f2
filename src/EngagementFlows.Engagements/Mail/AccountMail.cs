using System.Reflection;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The mails with a one-time link by which a member of staff sets a password; they belong to the product, not to a process.</summary>
public static class AccountMail
{
    /// <summary>Gets the mail to somebody who has no password yet.</summary>
    public static MailTemplateSet Invitation { get; } = Read("invitation");

    /// <summary>Gets the mail to somebody who is to set another password.</summary>
    public static MailTemplateSet NewPassword { get; } = Read("new-password");

    /// <summary>Composes one of them.</summary>
    /// <param name="templates"><see cref="Invitation"/> or <see cref="NewPassword"/>.</param>
    /// <param name="firm">The firm.</param>
    /// <param name="reader">Who gets it, in his language.</param>
    /// <param name="inviter">Name and address of the person who made the link, whom replies reach; <see langword="null"/> for a program: replies reach the firm.</param>
    /// <param name="link">The link; a placeholder stands for it until the mail is sent.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="now">The instant of composing.</param>
    public static ComposedMail Compose(
        MailTemplateSet templates, Firm firm, Person reader, (string Name, string Email)? inviter, Guid link, DateTimeOffset expiresAt, DateTimeOffset now) => MailComposer.Compose(
        templates,
        reader.Language,
        new PlainObject
        {
            ["Firm"] = new PlainObject { ["Name"] = firm.Name },
            ["Reader"] = new PlainObject { ["Name"] = reader.Name, ["Email"] = reader.Email },
            ["Inviter"] = inviter?.Name,
            ["Link"] = MailAddresses.AccountPlaceholder(link),
            ["ExpiresAt"] = expiresAt,
        },
        new MailFrame(firm.Name, inviter?.Name ?? firm.Name, firm.Phone, inviter?.Email ?? firm.Email)
        {
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(reader.Zone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc,
            Now = now,
        });

    private static MailTemplateSet Read(string name) => MailTemplateSet.Parse(name, Languages.All.ToDictionary(language => language, language => Resource($"mail/{name}.{language}")));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the mail '{name}' is not built in.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
