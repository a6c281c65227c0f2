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
    /// <summary>Returns the mails in the order in which they go out; <c>to</c> is <c>client</c>, <c>staff</c>, or the assignee of the task.</summary>
    /// <param name="recorded">What happened, in order.</param>
    /// <param name="now">The instant at which the case ends: no later reminder went out.</param>
    public static PlainList Of(IReadOnlyList<RecordedEffect> recorded, DateTimeOffset now)
    {
        PlainList sent = [];
        foreach ((DateTimeOffset at, PlainObject mail, Effect _) in Sent(recorded, now))
        {
            mail["at"] = PlainJson.Iso(at);
            sent.Add(mail);
        }

        return sent;
    }

    /// <summary>Returns the mails in the order in which they go out, each with the effect that means it.</summary>
    public static IEnumerable<(DateTimeOffset At, PlainObject Mail, Effect Effect)> Sent(IReadOnlyList<RecordedEffect> recorded, DateTimeOffset now)
    {
        List<(DateTimeOffset At, PlainObject Mail, Effect Effect)> mails = [];
        Dictionary<Guid, string> holders = [];
        Dictionary<Guid, MeetingAudience> audiences = [];
        foreach ((RecordedEffect one, int place) in recorded.Select((one, place) => (one, place)))
        {
            if (one.Effect is TaskOpened opened)
                holders[opened.TaskId] = opened.Assignee.ToString();
            if (one.Effect is MeetingPlanned planned)
                audiences[planned.MeetingId] = planned.Meeting.Audience;
            if (one.Effect is MeetingEffect { Notice: { } notice } about)
            {
                MeetingAudience audience = audiences.GetValueOrDefault(about.MeetingId);
                mails.AddRange(OfMeeting(about, notice, audience).Select(mail => (one.At, mail, (Effect)about)));
                if (notice.ReminderAt is { } at && at <= now)
                    mails.AddRange(Reminders(about, notice, audience, [.. recorded.Skip(place + 1).TakeWhile(later => later.At < at).Select(later => later.Effect).OfType<MeetingEffect>()]).Select(mail => (at, mail, (Effect)about)));
            }
            else if (Describe(one.Effect, holders) is { } described)
            {
                mails.Add((one.At, described, one.Effect));
            }
        }

        return mails.OrderBy(mail => mail.At);
    }

    // The store reads the meeting again while a reminder is being sent: one that was moved, called off or is over is not reminded of, nor is a client who declined.
    private static IEnumerable<PlainObject> Reminders(MeetingEffect effect, MeetingNotice notice, MeetingAudience audience, IReadOnlyList<MeetingEffect> before)
    {
        MeetingEffect[] about = [.. before.Where(other => other.MeetingId == effect.MeetingId)];
        if (about.Any(other => other is MeetingMoved or MeetingCancelled or MeetingEnded))
            yield break;
        if (audience == MeetingAudience.Client && about.OfType<MeetingAnswered>().LastOrDefault()?.Answer != MeetingAnswer.Declined)
            yield return new() { ["to"] = "client", ["template"] = notice.ReminderTemplate ?? MeetingMails.Reminder.Name, ["reminder"] = 1L, ["message"] = null };
        yield return new() { ["to"] = "staff", ["template"] = MeetingMails.Reminder.Name, ["reminder"] = 1L, ["message"] = null };
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
