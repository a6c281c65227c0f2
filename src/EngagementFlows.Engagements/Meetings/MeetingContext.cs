using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>How activities read which meeting they are about, and when it is to be.</summary>
internal static class MeetingContext
{
    private const int PlaceLength = 500;

    /// <summary>Returns the id of the input <c>meeting</c>.</summary>
    public static Guid MeetingId(this ActivityContext context)
    {
        string? text = context.OptionalText("meeting");
        return Guid.TryParse(text, out Guid id) ? id : throw EngagementContext.Fault(context, "meeting", text, "Give the id of a meeting: the output Meeting of Schedule meeting.");
    }

    /// <summary>Returns the meeting of the input <c>meeting</c>, as it stood before this burst.</summary>
    public static Meeting Meeting(this ActivityContext context) => context.Meeting(context.MeetingId());

    /// <summary>Returns a meeting of the engagement, as it stood before this burst.</summary>
    public static Meeting Meeting(this ActivityContext context, Guid id)
    {
        Meeting meeting = context.Ask(new MeetingAsked(id));
        return meeting.EngagementId == context.EngagementId()
            ? meeting
            : throw EngagementContext.Fault(context, "meeting", meeting.Id.ToString("D"), "That meeting is of another engagement.");
    }

    /// <summary>Returns the instant of the input <c>when</c>; it lies ahead, by <see cref="Meetings.MeetingTime.MostYears"/> at most.</summary>
    public static DateTimeOffset MeetingTime(this ActivityContext context, WorkCalendar calendar, TimeSpan length)
    {
        object? given = context.Input("when");
        DateTimeOffset at = Meetings.MeetingTime.Read(given, calendar, length, context.Now) ?? throw EngagementContext.Fault(context, "when", given?.ToString(), Meetings.MeetingTime.Rule);
        return Meetings.MeetingTime.FaultOf(at, context.Now) is { } fault ? throw EngagementContext.Fault(context, "when", given?.ToString(), fault.En) : at;
    }

    /// <summary>Returns the place of the input <c>place</c>, or <see langword="null"/>.</summary>
    public static string? Place(this ActivityContext context)
    {
        string? place = context.OptionalText("place")?.Trim();
        return place is not null && TextRule.FaultOfLine(place, PlaceLength) is { } fault ? throw EngagementContext.Fault(context, "place", place, $"It cannot be used: {fault}.") : place;
    }

    /// <summary>Returns what those who are invited are told, with the reminder on the working day before if that lies ahead.</summary>
    public static MeetingNotice Notice(this ActivityContext context, string purpose, WorkCalendar? calendar = null, DateTimeOffset? startsAt = null)
    {
        DateTimeOffset? remindAt = calendar is not null && startsAt is { } start && context.Input("remind") is not false ? calendar.DayBefore(start).At : null;
        return new(context.EffectKey(purpose), context.DefinitionVersionId, context.Data)
        {
            Template = MailName.Optional(context, "mail"),
            ReminderTemplate = calendar is null ? null : MailName.Optional(context, "reminderMail"),
            ReminderAt = remindAt > context.Now ? remindAt : null,
            Message = context.OptionalText("message"),
        };
    }

    /// <summary>Returns an entry of the timeline about a meeting.</summary>
    public static TimelineEntryAdded Entry(this ActivityContext context, string purpose, Guid meeting, LocalizedText text, string? actor = null, string kind = TimelineKinds.Note) =>
        new(context.NewId(purpose), context.EngagementId(), kind, text, actor, meeting);
}
