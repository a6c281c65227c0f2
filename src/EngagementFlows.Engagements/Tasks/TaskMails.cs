using System.Reflection;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>The mails to staff about tasks; they belong to the product, not to a process.</summary>
public static class TaskMails
{
    /// <summary>Gets the mail about a new task.</summary>
    public static MailTemplateSet Assigned { get; } = Read("assigned");

    /// <summary>Gets the mail that reminds.</summary>
    public static MailTemplateSet Reminder { get; } = Read("reminder");

    /// <summary>Gets the mail about an escalation.</summary>
    public static MailTemplateSet Escalated { get; } = Read("escalated");

    private static MailTemplateSet Read(string name) => MailTemplateSet.Parse(
        $"task-{name}", Languages.All.ToDictionary(language => language, language => Resource($"tasks/mail/{name}.{language}")));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the mail '{name}' is not built in.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
