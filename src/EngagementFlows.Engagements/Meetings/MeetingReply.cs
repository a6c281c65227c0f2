using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>What a contact answered by a link whether he comes to a meeting.</summary>
/// <param name="Answer">The answer; not <see cref="MeetingAnswer.None"/>.</param>
/// <param name="ProposedAt">When he would come; only with <see cref="MeetingAnswer.Proposed"/>.</param>
/// <param name="Comment">What he said with it, or <see langword="null"/>.</param>
/// <param name="By">His name, or <see langword="null"/> if it is not known.</param>
internal sealed record MeetingReply(MeetingAnswer Answer, DateTimeOffset? ProposedAt, string? Comment, string? By)
{
    /// <summary>Reads the input that a link gives to the wait that it resumes.</summary>
    /// <exception cref="ActivityFaultException">There is no answer in it.</exception>
    public static MeetingReply Read(ActivityContext context, PlainObject input)
    {
        bool isDeclined = input["Outcome"] as string == LinkDecision.Declined;
        PlainObject? answers = input["Answers"] as PlainObject;
        if (!isDeclined && answers is null)
            throw new ActivityFaultException($"Activity '{context.ActivityId}' was resumed without the input 'Answers'. Answer the invitation through its link instead of resuming the wait by hand.");
        string? comment = (isDeclined ? input["Comment"] : answers!["comment"]) is string { Length: > 0 } text ? text : null;
        DateTimeOffset? proposedAt = !isDeclined && MeetingProposal.TextOf(answers!) is { } proposal ? ProposalOf(context, proposal) : null;
        MeetingAnswer answer = isDeclined ? MeetingAnswer.Declined : proposedAt is null ? MeetingAnswer.Accepted : MeetingAnswer.Proposed;
        return new(answer, proposedAt, comment, input["AnsweredBy"] as string);
    }

    /// <summary>Returns what keeps the answer with its meeting and tells it in the timeline.</summary>
    /// <param name="context">The activity that was resumed.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="purpose">What the timeline's entry is made for; another one for each answer of an execution.</param>
    public Effect[] Kept(ActivityContext context, Meeting meeting, string purpose)
    {
        LocalizedText words = Answer switch
        {
            MeetingAnswer.Declined => new("The client declined the invitation", "客户谢绝了会议邀请"),
            MeetingAnswer.Proposed => Proposed(MeetingTime.Text(ProposedAt!.Value, TimeZoneInfo.FindSystemTimeZoneById(meeting.Zone))),
            _ => new("The client accepted the invitation", "客户接受了会议邀请"),
        };
        LocalizedText entry = Comment is null ? words : new($"{words.En} – {Comment}", $"{words.ZhCn}（{Comment}）");
        return
        [
            new MeetingAnswered(meeting.Id, context.EngagementId(), Answer, ProposedAt, Comment),
            context.Entry(purpose, meeting.Id, entry, By, TimelineKinds.Answer),
        ];
    }

    private static LocalizedText Proposed(LocalizedText time) => new($"The client proposed another time: {time.En}", $"客户提出其他时间：{time.ZhCn}");

    // The form says the reader's local time, which is that of the calendar.
    private static DateTimeOffset ProposalOf(ActivityContext context, string given) =>
        MeetingTime.ReadLocal(given, context.Ask(new CalendarAsked(context.EngagementId(), CalendarAsked.OfClient)).Zone)
        ?? throw new ActivityFaultException($"Activity '{context.ActivityId}': the answer proposes the time '{given}', which is none. The form must ask 'proposedDate' as a date and 'proposedTime' like '10:00'.");
}
