using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Calls a meeting off and tells everybody, their calendars included. One that is over or called off already stays as it is.</summary>
public sealed class CancelMeeting() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.CancelMeeting",
    Category = EngagementInputs.MeetingsCategory,
    DisplayName = new("Cancel meeting", "取消会议"),
    Description = new("Calls a planned meeting off and tells everybody who is invited; its reminders are not sent.", "取消已安排的会议并通知参会人，不再发送提醒。"),
    Inputs =
    [
        EngagementInputs.Meeting,
        new("message", "String", new("Message", "附言"), new("Why, or what comes instead; may be left out.", "取消原因或后续安排，可省略。")) { UIHint = "multi-line" },
        EngagementInputs.MeetingMail,
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Meeting meeting = context.Meeting();
        if (meeting.State != MeetingState.Planned || meeting.EndsAt <= context.Now)
            return ActivityResult.Done;
        return ActivityResult.Done.With(
            new MeetingCancelled(meeting.Id, meeting.EngagementId) { Notice = context.Notice("cancelled") },
            context.Entry("cancelled-entry", meeting.Id, new($"Meeting cancelled: {meeting.Title.En}", $"会议取消：{meeting.Title.ZhCn}")));
    }
}
