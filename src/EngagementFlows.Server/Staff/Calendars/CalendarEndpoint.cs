using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Promises;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>What the pages of calendars and promises post.</summary>
internal static class CalendarEndpoint
{
    // A form's frame around a file of the greatest length, each character of which may be escaped.
    private const int FormBytes = (IcsHolidays.MaxCharacters * 9) + (64 * 1024);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StaffUrls.Calendars + "/{id}/day", SaveDayAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Calendars + "/{id}/take", TakeDayAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Calendars + "/{id}/import-days", ImportAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(FormBytes), new RequestFormLimitsAttribute { ValueLengthLimit = FormBytes });
        routes.MapPost(StaffUrls.Calendars + "/{id}/remove", RemoveAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription();
        routes.MapPost(StaffUrls.ComputeDatesAnew, ComputeAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Promises + "/{id}/remove", RemovePromiseAsync).RequireAuthorization(Policies.ManageCalendars).ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> SaveDayAsync(
        string id, HttpContext context, CalendarDesk desk, ListCalendars list, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        LocalizedText name = new(PageInput.Line(form["name"]) ?? "", PageInput.Line(form["nameZh"]) ?? "");
        Holiday[] day = DateOf(form) is { } date ? [new(date, name, form["kind"] == "work")] : [];
        return await ChangeAsync(id, context, desk, list, notices, reader, form, "CalendarDaySaved", CalendarTexts.Saved, day.Length == 0 ? null : calendar =>
            calendar with { Days = [.. calendar.Days.Where(own => own.Date != day[0].Date), day[0]] }, day.FirstOrDefault()?.Date.Year, cancellationToken);
    }

    private static Task<RedirectHttpResult> TakeDayAsync(
        string id, HttpContext context, CalendarDesk desk, ListCalendars list, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, context, desk, list, notices, reader, form, "CalendarDayTakenOut", CalendarTexts.Saved, calendar => calendar with { Days = [.. calendar.Days.Where(own => own.Date != DateOf(form))] },
            DateOf(form)?.Year, cancellationToken);

    private static Task<RedirectHttpResult> ImportAsync(
        string id, HttpContext context, CalendarDesk desk, ListCalendars list, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        IcsReading reading = IcsHolidays.Read(form["text"].ToString());
        int? through = int.TryParse(form["through"], NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is >= IcsHolidays.FirstYear and <= IcsHolidays.LastYear ? year : null;
        return ChangeAsync(
            id, context, desk, list, notices, reader, form, "CalendarImported", new(reader.Say(CalendarTexts.Imported, reading.Days.Count), reader.Say(CalendarTexts.Imported, reading.Days.Count)),
            reading.Faults.Count > 0 || reading.Days.Count == 0 ? null : calendar => CalendarImport.Merge(calendar, reading, through), reading.LastYear, cancellationToken);
    }

    private static async Task<RedirectHttpResult> RemoveAsync(
        string id, HttpContext context, CalendarDesk desk, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        bool isGone = CalendarDefinition.IsId(id) && await desk.RemoveAsync(id, Revision(form), CurrentPerson.Of(context.User).Caller, cancellationToken);
        notices.Tell(context, reader.Say(isGone ? CalendarTexts.Removed : CalendarTexts.ChangedMeanwhile), isFault: !isGone);
        return Site.To(StaffUrls.Calendars);
    }

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> ComputeAsync(HttpContext context, CalendarDesk desk, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken)
    {
        DatesComputedAnew done = await desk.ComputeAnewAsync(CurrentPerson.Of(context.User).Caller, cancellationToken);
        notices.Tell(context, reader.Say(CalendarTexts.Computed, done.Moved, done.Left));
        return Site.To(StaffUrls.ProvisionalDates);
    }

    private static async Task<RedirectHttpResult> RemovePromiseAsync(
        string id, HttpContext context, CalendarDesk desk, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        bool isGone = Engagements.Promises.PromiseClass.IsId(id) && await desk.RemovePromiseAsync(id, Revision(form), CurrentPerson.Of(context.User).Caller, cancellationToken);
        notices.Tell(context, reader.Say(isGone ? PromiseTexts.Removed : CalendarTexts.ChangedMeanwhile), isFault: !isGone);
        return Site.To(StaffUrls.Promises);
    }

    private static async Task<RedirectHttpResult> ChangeAsync(
        string id, HttpContext context, CalendarDesk desk, ListCalendars list, Notices notices, Reader reader, IFormCollection form, string act, LocalizedText done,
        Func<CalendarDefinition, CalendarDefinition>? change, int? year, CancellationToken cancellationToken)
    {
        CalendarDetail? seen = CalendarDefinition.IsId(id) ? await list.FindAsync(id, cancellationToken) : null;
        CalendarDefinition? changed = seen is null ? null : change?.Invoke(seen.Definition);
        LocalizedText? fault = changed is null ? CalendarTexts.ChangedMeanwhile : CalendarRules.FaultOfDays(changed.Days);
        if (fault is null && !await desk.SaveAsync(changed! with { Revision = Revision(form) }, act, CurrentPerson.Of(context.User).Caller, cancellationToken))
            fault = CalendarTexts.ChangedMeanwhile;
        notices.Tell(context, reader.Say(fault ?? done), isFault: fault is not null);
        return Site.To(seen is null ? StaffUrls.Calendars : StaffUrls.With(StaffUrls.Calendar(id), ("year", year?.ToString(CultureInfo.InvariantCulture))));
    }

    private static DateOnly? DateOf(IFormCollection form) =>
        DateOnly.TryParseExact(form["date"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    // What is no number was seen by nobody.
    private static long Revision(IFormCollection form) => long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long revision) && revision > 0 ? revision : -1;
}
