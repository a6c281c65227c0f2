using System.Reflection;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The mail by which somebody tries whether mails arrive; it belongs to the product, not to a process.</summary>
public static class TestMail
{
    /// <summary>Gets its templates.</summary>
    public static MailTemplateSet Templates { get; } = MailTemplateSet.Parse("test", Languages.All.ToDictionary(language => language, Resource));

    /// <summary>Composes it.</summary>
    /// <param name="firm">The firm that writes; replies reach its address.</param>
    /// <param name="name">The reader's name.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="now">The instant of composing.</param>
    public static ComposedMail Compose(Firm firm, string name, string language, DateTimeOffset now) => MailComposer.Compose(
        Templates,
        language,
        new PlainObject { ["Firm"] = new PlainObject { ["Name"] = firm.Name }, ["Reader"] = new PlainObject { ["Name"] = name } },
        new MailFrame(firm.Name, firm.Name, firm.Phone, firm.Email) { Now = now });

    private static string Resource(string language)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"mail/test.{language}")
            ?? throw new InvalidOperationException($"EngagementFlows bug: the test mail is not built in for '{language}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
