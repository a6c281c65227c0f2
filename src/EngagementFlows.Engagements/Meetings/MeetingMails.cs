using System.Reflection;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>The letters of the house about meetings: always to staff, and to the contact where the process has none of its own.</summary>
public static class MeetingMails
{
    /// <summary>Gets the invitation.</summary>
    public static MailTemplateSet Invited { get; } = Read("invited");

    /// <summary>Gets the letter about another time or place.</summary>
    public static MailTemplateSet Moved { get; } = Read("moved");

    /// <summary>Gets the letter about a meeting that is called off.</summary>
    public static MailTemplateSet Cancelled { get; } = Read("cancelled");

    /// <summary>Gets the reminder.</summary>
    public static MailTemplateSet Reminder { get; } = Read("reminder");

    private static MailTemplateSet Read(string name) => MailTemplateSet.Parse(
        $"meeting-{name}", Languages.All.ToDictionary(language => language, language => Resource($"meetings/mail/{name}.{language}")));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the mail '{name}' is not built in.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
