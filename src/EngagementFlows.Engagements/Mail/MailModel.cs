using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The names that templates may merge; every name is always there, a value that is missing is null.</summary>
public static class MailModel
{
    /// <summary>Returns the model of a mail to a client.</summary>
    public static PlainObject OfClient(EngagementSnapshot snapshot, Firm firm, ClientMailRequested mail) => new()
    {
        ["Firm"] = OfFirm(firm),
        ["Client"] = new PlainObject { ["Name"] = snapshot.Client.Name },
        ["Contact"] = new PlainObject
        {
            ["Name"] = snapshot.Contact.Name,
            ["Email"] = snapshot.Contact.Email,
            ["Language"] = snapshot.Contact.Language,
            ["Zone"] = snapshot.Contact.Zone,
        },
        ["Engagement"] = OfEngagement(snapshot.Engagement, snapshot.Contact.Language),
        ["Owner"] = OfPerson(snapshot.Owner),
        ["Architect"] = snapshot.Architect is null ? null : OfPerson(snapshot.Architect),
        ["Link"] = mail.LinkId is { } link ? MailAddresses.LinkPlaceholder(link) : null,
        ["DueAt"] = mail.DueAt,
        ["Message"] = mail.Message,
        ["Reminder"] = (long)mail.Reminder,
        ["Meeting"] = mail.Meeting,
        ["Data"] = mail.Data,
    };

    /// <summary>Returns the model of a letter of the house about a meeting, to staff or to the contact.</summary>
    /// <param name="snapshot">The engagement.</param>
    /// <param name="firm">The firm.</param>
    /// <param name="readerName">The reader's name.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="link">The placeholder of the address at which the reader answers, or <see langword="null"/>.</param>
    /// <param name="message">What the flow says besides, or <see langword="null"/>.</param>
    public static PlainObject OfMeeting(EngagementSnapshot snapshot, Firm firm, string readerName, string language, Meeting meeting, string? link, string? message) => new()
    {
        ["Firm"] = OfFirm(firm),
        ["Reader"] = new PlainObject { ["Name"] = readerName },
        ["Client"] = new PlainObject { ["Name"] = snapshot.Client.Name },
        ["Engagement"] = OfEngagement(snapshot.Engagement, language),
        ["Owner"] = OfPerson(snapshot.Owner),
        ["Meeting"] = OfMeeting(meeting, language),
        ["Link"] = link,
        ["Message"] = message,
    };

    /// <summary>Returns what a mail may say about a meeting.</summary>
    public static PlainObject OfMeeting(Meeting meeting, string language) => new()
    {
        ["Title"] = meeting.Title.In(language),
        ["Agenda"] = meeting.Agenda?.In(language),
        ["StartsAt"] = meeting.StartsAt,
        ["EndsAt"] = meeting.EndsAt,
        ["Place"] = meeting.Place,
    };

    /// <summary>Returns the model of a mail to a member of staff about a task.</summary>
    public static PlainObject OfTask(
        EngagementSnapshot snapshot, Firm firm, Person reader, Guid taskId, LocalizedText title, LocalizedText? instructions, DateTimeOffset? dueAt, int reminder) => new()
        {
            ["Firm"] = OfFirm(firm),
            ["Reader"] = OfPerson(reader),
            ["Client"] = new PlainObject { ["Name"] = snapshot.Client.Name },
            ["Engagement"] = OfEngagement(snapshot.Engagement, reader.Language),
            ["Owner"] = OfPerson(snapshot.Owner),
            ["Task"] = new PlainObject { ["Title"] = title.In(reader.Language), ["Instructions"] = instructions?.In(reader.Language) },
            ["Link"] = MailAddresses.TaskPlaceholder(taskId),
            ["DueAt"] = dueAt,
            ["Reminder"] = (long)reminder,
        };

    private static PlainObject OfFirm(Firm firm) => new() { ["Name"] = firm.Name, ["Phone"] = firm.Phone, ["Email"] = firm.Email };

    private static PlainObject OfPerson(Person person) => new() { ["Name"] = person.Name, ["Email"] = person.Email, ["Phone"] = person.Phone };

    private static PlainObject OfEngagement(Engagement engagement, string language) => new()
    {
        ["Title"] = engagement.Title,
        ["Stage"] = engagement.Stage,
        ["StageName"] = EngagementStages.NameOf(engagement.Stage).In(language),
    };
}
