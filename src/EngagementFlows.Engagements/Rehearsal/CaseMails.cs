using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The mails that a case's effects mean: to whom, which template, when.</summary>
internal static class CaseMails
{
    /// <summary>Returns the mails in the order in which they are written; <c>to</c> is <c>client</c>, or the assignee of the task.</summary>
    public static PlainList Of(IReadOnlyList<RecordedEffect> recorded)
    {
        PlainList mails = [];
        Dictionary<Guid, string> holders = [];
        Dictionary<Guid, MeetingAudience> audiences = [];
        foreach (RecordedEffect one in recorded)
        {
            if (one.Effect is TaskOpened opened)
                holders[opened.TaskId] = opened.Assignee.ToString();
            if (one.Effect is MeetingPlanned planned)
                audiences[planned.MeetingId] = planned.Meeting.Audience;
            IEnumerable<PlainObject> written = one.Effect is MeetingEffect { Notice: { } notice } about
                ? OfMeeting(about, notice, audiences.GetValueOrDefault(about.MeetingId))
                : Describe(one.Effect, holders) is { } described ? [described] : [];
            foreach (PlainObject mail in written)
            {
                mail["at"] = PlainJson.Iso(one.At);
                mails.Add(mail);
            }
        }

        return mails;
    }

    // Staff is one reader here: owner, and architect where there is one.
    private static IEnumerable<PlainObject> OfMeeting(MeetingEffect effect, MeetingNotice notice, MeetingAudience audience)
    {
        string usual = (effect switch { MeetingPlanned => MeetingMails.Invited, MeetingMoved => MeetingMails.Moved, _ => MeetingMails.Cancelled }).Name;
        if (audience == MeetingAudience.Client)
            yield return new() { ["to"] = "client", ["template"] = notice.Template ?? usual, ["reminder"] = 0L, ["message"] = notice.Message };
        yield return new() { ["to"] = "staff", ["template"] = usual, ["reminder"] = 0L, ["message"] = notice.Message };
    }

    private static PlainObject? Describe(Effect effect, Dictionary<Guid, string> holders) => effect switch
    {
        ClientMailRequested mail => new() { ["to"] = "client", ["template"] = mail.Template, ["reminder"] = (long)mail.Reminder, ["message"] = mail.Message },
        TaskOpened task => new() { ["to"] = task.Assignee.ToString(), ["template"] = TaskMails.Assigned.Name, ["title"] = task.Title.En },
        TaskReminded task => new() { ["to"] = holders.GetValueOrDefault(task.TaskId), ["template"] = TaskMails.Reminder.Name, ["reminder"] = (long)task.Number },
        TaskEscalated => new() { ["to"] = "next rung", ["template"] = TaskMails.Escalated.Name },
        EmailRequested mail => new() { ["to"] = new PlainList(mail.To), ["template"] = null, ["subject"] = mail.Subject },
        _ => null,
    };
}
