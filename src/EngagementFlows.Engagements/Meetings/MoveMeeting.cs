using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Moves a meeting to another time or place and tells everybody, their calendars included. It does not wait for an answer.</summary>
public sealed class MoveMeeting() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.MoveMeeting",
    Category = EngagementInputs.MeetingsCategory,
    DisplayName = new("Move meeting", "会议改期"),
    Description = new("Moves a planned meeting and tells everybody who is invited; its reminders move with it.", "更改已安排会议的时间或地点并通知参会人，提醒随之改期。"),
    Inputs =
    [
        EngagementInputs.Meeting,
        EngagementInputs.MeetingTime,
        EngagementInputs.Place with { Description = new("Where it takes place now. Left out, where it was to be.", "新的地点，省略则不变。") },
        new("message", "String", new("Message", "附言"), new("What the letter says besides; may be left out.", "通知中的附言，可省略。")) { UIHint = "multi-line" },
        EngagementInputs.MeetingMail,
        EngagementInputs.MeetingReminderMail,
        EngagementInputs.Remind,
        EngagementInputs.ClientCalendar,
    ],
    Outputs = [new("startsAt", "DateTimeOffset", new("Starts at", "开始时间"), new("When it begins now.", "会议新的开始时刻。"))],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Meeting meeting = context.Meeting();
        if (meeting.State != MeetingState.Planned)
            throw EngagementContext.Fault(context, "meeting", meeting.Id.ToString("D"), $"That meeting is {meeting.State.ToString().ToLowerInvariant()} and cannot be moved. Schedule another one.");
        WorkCalendar calendar = context.Calendar(meeting.Audience == MeetingAudience.Client ? CalendarAsked.OfClient : CalendarAsked.OfFirm);
        TimeSpan length = meeting.EndsAt - meeting.StartsAt;
        DateTimeOffset startsAt = context.MeetingTime(calendar, length);
        LocalizedText time = MeetingTime.Text(startsAt, calendar.Zone);
        return ActivityResult.Done.Set("startsAt", startsAt).With(
            new MeetingMoved(meeting.Id, meeting.EngagementId, startsAt, startsAt + length, context.Place()) { Notice = context.Notice("moved", calendar, startsAt) },
            context.Entry("moved-entry", meeting.Id, new($"Meeting moved: {meeting.Title.En}, {time.En}", $"会议改期：{meeting.Title.ZhCn}，{time.ZhCn}")));
    }
}
