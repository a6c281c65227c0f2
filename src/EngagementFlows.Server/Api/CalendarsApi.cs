using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>When people work: the calendars of the firm, the tables of countries, and dates that were computed from a year that is not published.</summary>
internal static class CalendarsApi
{
    private const string IcsType = "text/calendar";

    // A file in UTF-8 may take four bytes a character.
    private const int MaxBytes = IcsHolidays.MaxCharacters * 4;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/calendars").WithTags("Calendars");
        group.MapGet("", ListAsync).WithSummary("Lists the firm's calendars by the names by which flows call them.").ProducesProblem(400);
        group.MapGet("/countries", ListCountries).WithSummary("Lists the countries whose holidays come with the product, with source, version and the last published year.").ProducesProblem(400);
        group.MapGet("/countries/{code}", GetCountry).WithSummary("Shows the holidays and make-up working days of a country in a year.");
        group.MapGet("/provisional", ListProvisionalAsync).WithSummary("Lists dates of open tasks, links, waits and clocks that were computed from a year that is not published, the earliest first.").ProducesProblem(400);
        group.MapPost("/provisional/compute", ComputeAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Computes them anew as far as their year is published now; timers move with their dates.").Produces<DatesComputedAnew>();
        group.MapGet("/{id}", GetAsync).WithSummary("Shows a calendar with its days; its ETag is asked for by whoever changes it.");
        group.MapPut("/{id}", PutAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(TakesIfMatch.Optional)
            .WithSummary("Makes a calendar, or replaces one that is there: then If-Match must say which one was seen.")
            .Produces<CalendarDocument>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        group.MapDelete("/{id}", RemoveAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Removes a calendar; flows that name it stop with an incident. The firm's own stays.").Produces(204).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{id}/import", ImportAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(new RequestSizeLimitAttribute(MaxBytes), TakesIfMatch.Optional, TakesIdempotencyKey.Instance)
            .WithSummary("Reads days from an iCalendar file: with preview=true it only tells them; else they replace the calendar's own days of the same dates, and If-Match must say which calendar was seen.")
            .Accepts<string>(IcsType).Produces<ImportedDays>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(415).ProducesProblem(422);
        group.MapGet("/{id}/due", DueAsync)
            .WithSummary("Tells what a due date would be and why: id is a calendar, a country, firm or client (then with engagementId).").ProducesProblem(400).ProducesProblem(422);
    }

    private static async Task<Ok<ListPage<CalendarLine>>> ListAsync(ListCalendars list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(after, Paging.Limit(limit), cancellationToken));

    private static Ok<ListPage<CountryLine>> ListCountries(string? after, int? limit)
    {
        CountryLine[] rows = [.. HolidayTables.Countries.Where(code => after is null || string.CompareOrdinal(code, after) > 0).Select(code => CountryLine.Of(HolidayTables.Find(code)!))];
        int most = Paging.Limit(limit);
        return TypedResults.Ok(new ListPage<CountryLine>(rows.Take(most).ToArray(), rows.Length > most ? rows[most - 1].Code : null));
    }

    private static Results<Ok<CountryYear>, ProblemHttpResult> GetCountry(string code, int? year, TimeProvider time)
    {
        if (HolidayTables.Find(code) is not { } table)
            return Refusal.NotFound("country with a table of holidays", code);
        int wanted = year ?? time.GetUtcNow().Year;
        return TypedResults.Ok(new CountryYear(CountryLine.Of(table), wanted, wanted <= table.PublishedThrough, [.. table.Days.Where(day => day.Date.Year == wanted)]));
    }

    private static async Task<Ok<ListPage<ProvisionalDate>>> ListProvisionalAsync(
        CurrentPerson caller, ListProvisionalDates list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(after, Paging.Limit(limit), cancellationToken, caller.Viewer));

    private static async Task<IResult> ComputeAsync(CalendarDesk desk, CurrentPerson caller, RepeatedRequests repeated, DatabaseClock clock, HttpContext context)
    {
        // Done twice it does what was left the first time; the key only keeps the first answer.
        IdempotencyKey? key = await IdempotencyKey.ReadAsync(context);
        return await repeated.ReplayAsync(key, refusedBy: null, context) is { } earlier
            ? earlier
            : await repeated.KeepAsync(key, ApiAnswer.Of(StatusCodes.Status200OK, await desk.ComputeAnewAsync(caller.Caller, context.RequestAborted)), clock.Now, context);
    }

    private static async Task<Results<Ok<CalendarDocument>, ProblemHttpResult>> GetAsync(string id, ListCalendars list, HttpContext context)
    {
        if (await FindAsync(id, list, context.RequestAborted) is not { } found)
            return Refusal.NotFound("calendar", id);
        Precondition.Tell(context, Tag(found));
        return TypedResults.Ok(CalendarDocument.Of(found));
    }

    private static async Task<IResult> PutAsync(
        string id, JsonBody<CalendarRequest> body, CalendarDesk desk, ListCalendars list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        CalendarDetail? seen = await FindAsync(id, list, context.RequestAborted);
        if (seen is not null && await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, CalendarDesk.SubjectOf(id)) is { } refused)
            return refused;
        CalendarRequest request = body.Value;
        string week = request.Week is null ? WorkingWeekJson.Write(seen?.Definition.Week ?? WorkingWeek.Usual) : JsonSerializer.Serialize(request.Week);
        CalendarDefinition? calendar = CalendarRules.Read(
            id, seen?.Line.Revision ?? 0, request.Name ?? seen?.Definition.Name, request.Zone, request.Country, week, request.Days ?? [], request.PublishedThrough, request.ServesClients, out LocalizedText? fault);
        if (calendar is null)
            return Refusal.Unprocessable("Calendar faulty", fault!.En, "message", fault);
        if (await SaveAsync(calendar, seen is null ? "CalendarMade" : "CalendarChanged", desk, caller, _ => Task.CompletedTask, context) is not { } saved)
            return await precondition.ChangedAsync(context, "", AuditEntry.Administration, CalendarDesk.SubjectOf(id));
        if (saved is not EmptyHttpResult)
            return saved;
        CalendarDetail stored = (await list.FindAsync(id, context.RequestAborted))!;
        Precondition.Tell(context, Tag(stored));
        return TypedResults.Ok(CalendarDocument.Of(stored));
    }

    private static async Task<IResult> RemoveAsync(string id, CalendarDesk desk, ListCalendars list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        if (await FindAsync(id, list, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("calendar", id);
        if (id == CalendarAsked.OfFirm)
            return Refusal.Conflict("The firm's own calendar stays: flows that name none count by it. Change it instead.");
        if (await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, CalendarDesk.SubjectOf(id)) is { } refused)
            return refused;
        return await desk.RemoveAsync(id, seen.Line.Revision, caller.Caller, context.RequestAborted)
            ? TypedResults.NoContent()
            : await precondition.ChangedAsync(context, "", AuditEntry.Administration, CalendarDesk.SubjectOf(id));
    }

    private static async Task<IResult> ImportAsync(
        string id, bool? preview, int? publishedThrough, CalendarDesk desk, ListCalendars list, CurrentPerson caller, Precondition precondition, RepeatedRequests repeated, HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(IcsType, StringComparison.OrdinalIgnoreCase) != true)
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be {IcsType}.", StatusCodes.Status415UnsupportedMediaType);
        byte[] file = await RequestBody.ReadAsync(context);
        IdempotencyKey? key = preview == true ? null : IdempotencyKey.Of(context, file);
        return await repeated.OnceAsync(key, context, async keeper =>
        {
            if (await FindAsync(id, list, context.RequestAborted) is not { } seen)
                return Refusal.NotFound("calendar", id);
            IcsReading reading = IcsHolidays.Read(Encoding.UTF8.GetString(file));
            if (reading.Faults.Count > 0)
            {
                return Refusal.Unprocessable(
                    "File faulty", $"Nothing was imported: {reading.Faults.Count} fault(s), the first on line {reading.Faults[0].Line}: {reading.Faults[0].Message.En}", "faults", reading.Faults);
            }

            ImportedDays days = new(reading.Days, reading.PassedOver);
            if (preview == true)
                return TypedResults.Ok(days);
            if (await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, CalendarDesk.SubjectOf(id)) is { } refused)
                return refused;
            CalendarDefinition merged = CalendarImport.Merge(seen.Definition, reading, publishedThrough);
            if (CalendarRules.FaultOfDays(merged.Days) is { } fault)
                return Refusal.Unprocessable("Calendar faulty", fault.En, "message", fault);
            ApiAnswer answer = ApiAnswer.Of(StatusCodes.Status200OK, days);
            return await SaveAsync(merged, "CalendarImported", desk, caller, transaction => keeper.KeepAsync(transaction, answer), context) switch
            {
                null => await precondition.ChangedAsync(context, "", AuditEntry.Administration, CalendarDesk.SubjectOf(id)),
                EmptyHttpResult => answer,
                var refusal => refusal,
            };
        });
    }

    private static async Task<Results<Ok<DueAnswer>, ProblemHttpResult>> DueAsync(
        string id, string? duration, DateTimeOffset? from, Guid? engagementId, FindWorkCalendar find, DatabaseClock clock, CancellationToken cancellationToken)
    {
        if (!Duration.TryParse(duration, out Duration? length))
            return Refusal.BadRequest($"'duration' is '{duration}'. {Duration.Rule}");
        (WorkCalendar? calendar, string? whyNot) = await find.ExecuteAsync(new(engagementId ?? Guid.Empty, id), cancellationToken);
        if (calendar is null)
            return Refusal.Unprocessable("No such calendar", whyNot!);
        DateTimeOffset start = from ?? clock.Now;
        if (start.Year is < IcsHolidays.FirstYear or > IcsHolidays.LastYear)
            return Refusal.BadRequest($"'from' is '{start:O}'. It must lie in the years {IcsHolidays.FirstYear} to {IcsHolidays.LastYear}.");
        return TypedResults.Ok(DueAnswer.Of(calendar, start, length!));
    }

    // Null = it has changed; an empty result = saved; anything else is a refusal.
    private static async Task<IResult?> SaveAsync(
        CalendarDefinition calendar, string act, CalendarDesk desk, CurrentPerson caller, Func<NpgsqlTransaction, Task> alsoCommit, HttpContext context)
    {
        try
        {
            return await desk.SaveAsync(calendar, act, caller.Caller, alsoCommit, context.RequestAborted) ? TypedResults.Empty : null;
        }
        catch (PostgresException fault) when (CalendarDesk.IsServedAlready(fault))
        {
            return Refusal.Conflict($"Clients of {calendar.Country} follow another calendar already. Take 'servesClients' from that one first.");
        }
    }

    private static async Task<CalendarDetail?> FindAsync(string id, ListCalendars list, CancellationToken cancellationToken) =>
        CalendarDefinition.IsId(id) ? await list.FindAsync(id, cancellationToken) : null;

    private static string Tag(CalendarDetail calendar) => $"{calendar.Line.Revision}";
}

/// <summary>A calendar to make or to replace.</summary>
internal sealed record CalendarRequest
{
    /// <summary>Gets the name for people, in both languages.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Gets the IANA zone of its hours; left out = that of the firm's office.</summary>
    public string? Zone { get; init; }

    /// <summary>Gets the code of the country whose holidays it has; left out = only its own days.</summary>
    public string? Country { get; init; }

    /// <summary>Gets the hours by day: monday to sunday and makeUpDay, each a list like "09:00-12:00"; a day that is missing is free. Left out = as it was, or Monday to Friday from 9 to 18 with a pause.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Week { get; init; }

    /// <summary>Gets its own days; they go before those of the country. Left out = none.</summary>
    public IReadOnlyList<Holiday>? Days { get; init; }

    /// <summary>Gets the last year for which all days are entered, before the country's table has them.</summary>
    public int? PublishedThrough { get; init; }

    /// <summary>Gets whether clients of the country follow it.</summary>
    public bool ServesClients { get; init; }
}

/// <param name="Id">The name by which flows call it.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="Zone">The zone of its hours; null = that of the firm's office.</param>
/// <param name="Country">The country whose holidays it has, or null.</param>
/// <param name="Week">Its hours by day.</param>
/// <param name="Days">Its own days.</param>
/// <param name="PublishedThrough">The last year that the firm has entered itself, or null.</param>
/// <param name="KnownThrough">The last year whose days are known, from the country's table or the firm; null = it depends on no publication.</param>
/// <param name="Source">Where the country's days come from, with the version.</param>
/// <param name="ServesClients">Whether clients of the country follow it.</param>
/// <param name="Revision">Rises with every change.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">By whom.</param>
internal sealed record CalendarDocument(
    string Id, LocalizedText Name, string? Zone, string? Country, IReadOnlyDictionary<string, IReadOnlyList<string>> Week, IReadOnlyList<Holiday> Days, int? PublishedThrough, int? KnownThrough,
    string? Source, bool ServesClients, long Revision, DateTimeOffset ChangedAt, string ChangedBy)
{
    public static CalendarDocument Of(CalendarDetail detail)
    {
        CalendarDefinition calendar = detail.Definition;
        HolidayTable? holidays = calendar.Holidays();
        return new(
            calendar.Id, calendar.Name, calendar.Zone?.Id, calendar.Country, JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(WorkingWeekJson.Write(calendar.Week))!, calendar.Days,
            calendar.PublishedThrough, holidays?.PublishedThrough is { } year and < int.MaxValue ? year : null, holidays?.Source is { Length: > 0 } source ? source : null, calendar.ServesClients,
            calendar.Revision, detail.Line.ChangedAt, detail.Line.ChangedBy);
    }
}

/// <param name="Code">The country's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where the days come from, with the version.</param>
/// <param name="FirstYear">The first year of which the table knows anything.</param>
/// <param name="PublishedThrough">The last year whose days are known.</param>
internal sealed record CountryLine(string Code, LocalizedText Name, string Source, int FirstYear, int PublishedThrough)
{
    public static CountryLine Of(HolidayTable table) => new(table.Id, table.Name ?? new(table.Id, table.Id), table.Source, table.FirstYear, table.PublishedThrough);
}

/// <param name="Country">The country.</param>
/// <param name="Year">The year.</param>
/// <param name="IsPublished">Whether its days are known.</param>
/// <param name="Days">Days off and make-up working days.</param>
internal sealed record CountryYear(CountryLine Country, int Year, bool IsPublished, IReadOnlyList<Holiday> Days);

/// <param name="Days">The days that the file names.</param>
/// <param name="PassedOver">Events with a time of day, or called off: they are no days off.</param>
internal sealed record ImportedDays(IReadOnlyList<Holiday> Days, int PassedOver);

/// <param name="Calendar">The calendar.</param>
/// <param name="Version">The version of its content.</param>
/// <param name="Zone">The zone of its hours.</param>
/// <param name="From">From when it counts.</param>
/// <param name="Duration">How long.</param>
/// <param name="Due">The date.</param>
/// <param name="LocalDue">The same in the calendar's zone.</param>
/// <param name="IsProvisional">Whether its year is not published: computed again, it may move.</param>
/// <param name="WorkingDays">Working days after the first day, the last one included.</param>
/// <param name="DaysOff">Days off on the way.</param>
/// <param name="Special">The holidays and make-up working days among them.</param>
internal sealed record DueAnswer(
    string Calendar, string Version, string Zone, DateTimeOffset From, string Duration, DateTimeOffset Due, DateTimeOffset LocalDue, bool IsProvisional, int WorkingDays, int DaysOff,
    IReadOnlyList<Holiday> Special)
{
    public static DueAnswer Of(WorkCalendar calendar, DateTimeOffset from, Duration duration)
    {
        CalendarInstant due = duration is WorkingTime working
            ? calendar.Add(from, working)
            : new CalendarInstant((from + ((ElapsedTime)duration).Length).ToUniversalTime(), false, calendar.Id, calendar.Version);
        DueExplanation why = DueExplanation.Of(calendar, from, due.At);
        return new(
            calendar.Id, calendar.Version, calendar.Zone.Id, from.ToUniversalTime(), duration.ToString()!, due.At, TimeZoneInfo.ConvertTime(due.At, calendar.Zone), due.IsProvisional, why.WorkingDays, why.DaysOff,
            why.Special);
    }
}
