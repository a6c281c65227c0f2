using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Staff.Meetings;

/// <summary>What the pages of meetings post, and meetings as files for calendars.</summary>
internal static class MeetingEndpoint
{
    private const string IcsType = "text/calendar; charset=utf-8";
    private const int LongestText = 2_000;

    // What a calendar still shows of the past.
    private static readonly TimeSpan FeedFrom = TimeSpan.FromDays(31);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StaffUrls.Meetings + "/{id:guid}/move", MoveAsync).RequireAuthorization(Policies.ManageMeetings).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Meetings + "/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.ManageMeetings).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Meetings + "/{id:guid}/answer", AnswerAsync).RequireAuthorization(Policies.ManageMeetings).ExcludeFromDescription();
        routes.MapGet(StaffUrls.Meetings + "/{id:guid}.ics", OneAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet(StaffUrls.Meetings + "/{id:guid}/series.ics", SeriesAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet(StaffUrls.MyCalendar, MineAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
    }

    private static Task<RedirectHttpResult> MoveAsync(
        Guid id, HttpContext context, GetMeeting get, ChangeMeeting change, DatabaseClock clock, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken) =>
        ActAsync(id, context, notices, reader, form, MeetingTexts.Moved, async act =>
        {
            MeetingDetail? seen = await get.ExecuteAsync(id, cancellationToken);
            string? place = PageInput.Line(form["place"]);
            if (MeetingRules.FaultOfPlace(place) is not null)
                return MeetingTexts.PlaceFaulty;
            if (seen is null || !int.TryParse(form["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) || minutes is < MeetingRules.LeastMinutes or > MeetingRules.MostMinutes
                || Moment(form["startsAt"].ToString(), seen.Meeting.Zone) is not { } startsAt)
                return MeetingTexts.TimeFaulty;
            return FaultOf(await change.MoveAsync(act, startsAt, TimeSpan.FromMinutes(minutes), place, clock.Now, cancellationToken));
        });

    private static Task<RedirectHttpResult> CancelAsync(
        Guid id, HttpContext context, ChangeMeeting change, DatabaseClock clock, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken) =>
        ActAsync(id, context, notices, reader, form, MeetingTexts.CancelledNow, async act => FaultOf(await change.CancelAsync(act, clock.Now, cancellationToken)));

    private static async Task<RedirectHttpResult> AnswerAsync(
        Guid id, HttpContext context, GetMeeting get, AnswerMeeting answer, DatabaseClock clock, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        LocalizedText? fault = await get.ExecuteAsync(id, cancellationToken) is { } seen && MeetingRules.AnswerOf(form["answer"]) is { } given
            ? MeetingRules.WhyNotAnswer(seen, person.Id, clock.Now) ?? await KeepAsync(seen, given)
            : MeetingTexts.ChangedMeanwhile;
        notices.Tell(context, reader.Say(fault ?? MeetingTexts.Answered), isFault: fault is not null);
        return Site.To(StaffUrls.Meeting(id));

        async Task<LocalizedText?> KeepAsync(MeetingDetail meeting, MeetingAnswer given)
        {
            DateTimeOffset? proposedAt = given == MeetingAnswer.Proposed ? Moment(form["proposedAt"].ToString(), meeting.Meeting.Zone) : null;
            if (given == MeetingAnswer.Proposed && (proposedAt is not { } at || MeetingTime.FaultOf(at, clock.Now) is not null))
                return MeetingTexts.ProposalMissing;
            return FaultOf(await answer.ExecuteAsync(
                id, RevisionOf(form), person.Id, person.Name, person.Caller, given, proposedAt, PageInput.Text(form["comment"], LongestText), clock.Now, cancellationToken));
        }
    }

    private static async Task<RedirectHttpResult> ActAsync(
        Guid id, HttpContext context, Notices notices, Reader reader, IFormCollection form, LocalizedText done, Func<MeetingAct, Task<LocalizedText?>> act)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        LocalizedText? fault = PageInput.Text(form["reason"], LongestText) is { } reason
            ? await act(new(id, RevisionOf(form), person.Caller, person.Name, reason, PageInput.Text(form["message"], LongestText)))
            : IncidentTexts.ReasonMissing;
        notices.Tell(context, reader.Say(fault ?? done), isFault: fault is not null);
        return Site.To(StaffUrls.Meeting(id));
    }

    // What is no number was seen by nobody.
    private static long RevisionOf(IFormCollection form) =>
        long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long given) && given > 0 ? given : -1;

    internal static LocalizedText? FaultOf(MeetingVerdict verdict) => verdict switch
    {
        MeetingVerdict.Done => null,
        MeetingVerdict.Unknown or MeetingVerdict.ChangedMeanwhile => MeetingTexts.ChangedMeanwhile,
        MeetingVerdict.Over => MeetingRules.IsOver,
        MeetingVerdict.TimeIsOver or MeetingVerdict.TimeIsFar => MeetingTexts.TimeFaulty,
        MeetingVerdict.Erased => MeetingTexts.Erased,
        MeetingVerdict.NotToInvite => MeetingTexts.NotToInvite,
        _ => throw new InvalidOperationException($"EngagementFlows bug: verdict '{verdict}' has no words."),
    };

    private static async Task<Results<FileContentHttpResult, NotFound>> OneAsync(Guid id, GetMeeting meetings, DatabaseClock clock, Reader reader, CancellationToken cancellationToken) =>
        await meetings.ForCalendarAsync(id, cancellationToken) is { Count: > 0 } one ? File(one, MimeCalendar.DefaultFileName, clock, reader) : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> SeriesAsync(Guid id, HttpContext context, GetMeeting meetings, DatabaseClock clock, Reader reader, CancellationToken cancellationToken) =>
        await meetings.ForCalendarAsync(id, cancellationToken) is [{ Meeting: { Series: { } series } meeting }]
            ? File(await meetings.OfSeriesAsync(meeting.EngagementId, series, CurrentPerson.Of(context.User).Viewer, cancellationToken), "series.ics", clock, reader)
            : TypedResults.NotFound();

    private static async Task<FileContentHttpResult> MineAsync(HttpContext context, GetMeeting meetings, DatabaseClock clock, Reader reader, CancellationToken cancellationToken) =>
        File(await meetings.OfPersonAsync(CurrentPerson.Of(context.User).Id, clock.Now - FeedFrom, cancellationToken), "meetings.ics", clock, reader);

    private static FileContentHttpResult File(IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)> meetings, string name, DatabaseClock clock, Reader reader) =>
        TypedResults.File(Encoding.UTF8.GetBytes(MeetingCalendar.Publish(meetings, reader.Language.Tag, clock.Now)), IcsType, name);

    internal static DateTimeOffset? Moment(string local, string zone) =>
        DateTime.TryParseExact(local, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) && time.Year is >= 2000 and < 9000
            ? WallClock.ToInstant(time, TimeZoneInfo.FindSystemTimeZoneById(zone))
            : null;
}
