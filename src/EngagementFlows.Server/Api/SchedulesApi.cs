using System.Globalization;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>What happens again and again: everybody reads it, operators and administrators change it.</summary>
internal static class SchedulesApi
{
    private const int Shown = 10;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder read = api.MapGroup("/schedules").WithTags("Schedules");
        read.MapGet("", ListAsync).WithSummary("Lists recurring schedules by name.").ProducesProblem(400);
        read.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a schedule; its ETag is asked for by whoever changes it.");
        read.MapGet("/{id:guid}/next", NextAsync).WithSummary("Tells the next ten instants at which a schedule fires.");
        read.MapGet("/{id:guid}/firings", ListFiringsAsync).WithSummary("Lists what a schedule did, newest first.").ProducesProblem(400);
        RouteGroupBuilder write = api.MapGroup("/schedules").WithTags("Schedules").RequireAuthorization(Policies.ManageSchedules);
        write.MapPost("/preview", PreviewAsync).WithSummary("Tells when a schedule would fire, ten times, without making it.").Produces<ScheduleInstants>().ProducesProblem(400).ProducesProblem(422);
        write.MapPost("", AddAsync).WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Makes a schedule.")
            .Produces<ScheduleView>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        write.MapPut("/{id:guid}", ChangeAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Replaces what a schedule does and when; what is left out has its default again.")
            .Produces<ScheduleView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        write.MapDelete("/{id:guid}", RemoveAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Removes a schedule and the account of its firings; what it started goes on.").Produces(204).ProducesProblem(404);
        write.MapPost("/{id:guid}/pause", PauseAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Pauses a schedule: until it is resumed it does not fire.").Produces<ScheduleView>().ProducesProblem(404).ProducesProblem(409);
        write.MapPost("/{id:guid}/resume", ResumeAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Resumes a schedule; what fell into the pause is not made up for.").Produces<ScheduleView>().ProducesProblem(404).ProducesProblem(409);
        write.MapPost("/{id:guid}/run", RunAsync).WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Fires a schedule now, besides its own instants, paused or not.").Produces<RunSchedule>(StatusCodes.Status202Accepted).ProducesProblem(404);
    }

    private static async Task<Results<Ok<ListPage<ScheduleView>>, ProblemHttpResult>> ListAsync(
        ListSchedules list, string? state, string? search, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (state is not (null or RecurringSchedule.Active or RecurringSchedule.Paused))
            return Refusal.BadRequest($"'state' is '{state}'. It must be {RecurringSchedule.Active} or {RecurringSchedule.Paused}.");
        ListPage<RecurringSchedule> page = await list.ExecuteAsync(state, search, after, Paging.Limit(limit), cancellationToken);
        return TypedResults.Ok(new ListPage<ScheduleView>([.. page.Items.Select(ScheduleView.Of)], page.Next));
    }

    private static async Task<Results<Ok<ScheduleView>, ProblemHttpResult>> GetAsync(Guid id, ScheduleDesk desk, HttpContext context)
    {
        if (await desk.FindAsync(id, context.RequestAborted) is not { } schedule)
            return Refusal.NotFound("schedule", id);
        Precondition.Tell(context, Tag(schedule));
        return TypedResults.Ok(ScheduleView.Of(schedule));
    }

    private static async Task<Results<Ok<ScheduleInstants>, ProblemHttpResult>> NextAsync(Guid id, ScheduleDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } schedule
            ? TypedResults.Ok(ScheduleInstants.Of(await desk.UpcomingAsync(schedule, Shown, cancellationToken), schedule.Settings.Zone))
            : Refusal.NotFound("schedule", id);

    private static async Task<Results<Ok<ListPage<ScheduleFiring>>, ProblemHttpResult>> ListFiringsAsync(
        Guid id, ScheduleDesk desk, ListFirings list, string? after, int? limit, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is null
            ? Refusal.NotFound("schedule", id)
            : TypedResults.Ok(await list.ExecuteAsync(id, after, Paging.Limit(limit), cancellationToken));

    private static async Task<IResult> PreviewAsync(JsonBody<ScheduleRequest> body, ScheduleDesk desk, CurrentPerson caller, CancellationToken cancellationToken)
    {
        ScheduleReading reading = await desk.CheckAsync(body.Value.ToDraft(), caller, cancellationToken);
        // What it does need not be known yet to see when it does it.
        List<ScheduleFault> faults = [.. reading.Faults.Where(fault => fault.Field is not ("name" or "definitionId" or "eventName" or "correlationId" or "forEach"))];
        return reading.Timing is { } timing && faults.Count == 0
            ? TypedResults.Ok(ScheduleInstants.Of(desk.Preview(timing, Shown), timing.Zone))
            : Refused(faults.Count > 0 ? faults : reading.Faults);
    }

    private static async Task<IResult> AddAsync(JsonBody<ScheduleRequest> body, ScheduleDesk desk, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        ScheduleReading reading = await desk.CheckAsync(body.Value.ToDraft(), caller, context.RequestAborted);
        if (reading is not { Settings: { } settings, Timing: { } timing })
            return await repeated.ReplayAsync(body.Key, refusedBy: null, context) ?? Refused(reading.Faults);
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            ApiAnswer? answer = null;
            Guid? made = await desk.AddAsync(
                settings,
                timing,
                caller.Caller,
                async (transaction, id) =>
                {
                    answer = ApiAnswer.Of(StatusCodes.Status201Created, ScheduleView.Of((await ListSchedules.FindAsync(transaction, id, context.RequestAborted))!));
                    await keeper.KeepAsync(transaction, answer);
                },
                context.RequestAborted);
            if (made is not { } id)
                return NameTaken(settings.Name);
            Precondition.Tell(context, "1");
            context.Response.Headers.Location = Site.Of(context).Link($"/api/schedules/{id}");
            return answer!;
        });
    }

    private static async Task<IResult> ChangeAsync(Guid id, JsonBody<ScheduleRequest> body, ScheduleDesk desk, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        ScheduleReading reading = await desk.CheckAsync(body.Value.ToDraft(), caller, context.RequestAborted);
        if (reading is not { Settings: { } settings, Timing: { } timing })
            return Refused(reading.Faults);
        ScheduleChange change = ScheduleChange.Done;
        return await ActAsync(
            id, desk, precondition, context,
            async seen => (change = await desk.ChangeAsync(id, seen.Revision, settings, timing, caller.Caller, context.RequestAborted)) != ScheduleChange.Overtaken,
            () => change == ScheduleChange.NameTaken ? Task.FromResult<IResult>(NameTaken(settings.Name)) : ShowAsync(id, desk, context));
    }

    private static Task<IResult> RemoveAsync(Guid id, ScheduleDesk desk, CurrentPerson caller, Precondition precondition, HttpContext context) => ActAsync(
        id, desk, precondition, context, seen => desk.RemoveAsync(seen, caller.Caller, context.RequestAborted), () => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static Task<IResult> PauseAsync(Guid id, ScheduleDesk desk, CurrentPerson caller, Precondition precondition, HttpContext context) =>
        SetPausedAsync(id, isPaused: true, desk, caller, precondition, context);

    private static Task<IResult> ResumeAsync(Guid id, ScheduleDesk desk, CurrentPerson caller, Precondition precondition, HttpContext context) =>
        SetPausedAsync(id, isPaused: false, desk, caller, precondition, context);

    private static async Task<IResult> SetPausedAsync(Guid id, bool isPaused, ScheduleDesk desk, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        // Who resumes it makes it start what he must be allowed to start.
        if (!isPaused && await desk.FindAsync(id, context.RequestAborted) is { } paused && !await desk.MayRunAsync(paused, caller, context.RequestAborted))
            return Refusal.NotFound("engagement", paused.Settings.CorrelationId!);
        bool isThere = false;
        return await ActAsync(
            id, desk, precondition, context,
            async seen =>
            {
                isThere = seen.State == (isPaused ? RecurringSchedule.Paused : RecurringSchedule.Active);
                return isThere || await desk.SetPausedAsync(seen, isPaused, caller.Caller, context.RequestAborted);
            },
            () => isThere ? Task.FromResult<IResult>(Refusal.Conflict($"The schedule '{id}' is {(isPaused ? "paused" : "active")} already. There is nothing to do.")) : ShowAsync(id, desk, context));
    }

    private static async Task<IResult> RunAsync(Guid id, ScheduleDesk desk, CurrentPerson caller, RepeatedRequests repeated, HttpContext context) =>
        await repeated.OnceAsync(await IdempotencyKey.ReadAsync(context), context, async keeper =>
        {
            if (await desk.FindAsync(id, context.RequestAborted) is not { } schedule)
                return Refusal.NotFound("schedule", id);
            if (!await desk.MayRunAsync(schedule, caller, context.RequestAborted))
                return Refusal.NotFound("engagement", schedule.Settings.CorrelationId!);
            ApiAnswer? answer = null;
            await desk.RunNowAsync(
                schedule,
                caller.Caller,
                (transaction, dueAt) => keeper.KeepAsync(transaction, answer = ApiAnswer.Of(StatusCodes.Status202Accepted, new RunSchedule(dueAt))),
                context.RequestAborted);
            return answer!;
        });

    private static async Task<IResult> ShowAsync(Guid id, ScheduleDesk desk, HttpContext context)
    {
        if (await desk.FindAsync(id, context.RequestAborted) is not { } schedule)
            return Refusal.NotFound("schedule", id);
        Precondition.Tell(context, Tag(schedule));
        return TypedResults.Ok(ScheduleView.Of(schedule));
    }

    private static async Task<IResult> ActAsync(
        Guid id, ScheduleDesk desk, Precondition precondition, HttpContext context, Func<RecurringSchedule, Task<bool>> act, Func<Task<IResult>> done)
    {
        string subject = ScheduleFirer.SubjectOf(id);
        if (await desk.FindAsync(id, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("schedule", id);
        if (await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, subject) is { } refused)
            return refused;
        return await act(seen) ? await done() : await precondition.ChangedAsync(context, "", AuditEntry.Administration, subject);
    }

    private static ProblemHttpResult Refused(IReadOnlyList<ScheduleFault> faults) => Refusal.Unprocessable(
        "Schedule refused",
        string.Join(' ', faults.Select(fault => fault.Text.En)),
        "faults",
        faults.Select(fault => new { fault.Field, Detail = fault.Text.En }).ToList());

    private static ProblemHttpResult NameTaken(string name) => Refusal.Conflict($"There is a schedule named '{name}' already; names differ by more than the case of their letters. Choose another name.");

    private static string Tag(RecurringSchedule schedule) => schedule.Revision.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A schedule to make, or what one is to become.</summary>
internal sealed record ScheduleRequest
{
    /// <summary>Gets the name for people; no two schedules share one.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the definition whose published version is started; this or eventName.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the event that is published to instances that wait for it.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets the inputs of the instance by name, or the event's payload.</summary>
    public PlainObject? Input { get; init; }

    /// <summary>Gets the business key, for our own flows the engagement's id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets which engagements an instance is started for, each with its id as business key; left out = one instance.</summary>
    public EngagementSet? ForEach { get; init; }

    /// <summary>Gets cron, cron_with_seconds, rrule or interval.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the cron expression, the recurrence rule, or the interval.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the IANA zone in which wall-clock times are meant.</summary>
    public string? Zone { get; init; }

    /// <summary>Gets the start: an instant, or a wall-clock time of the zone; left out = now. A rule needs one.</summary>
    public string? StartsAt { get; init; }

    /// <summary>Gets the end; left out = none.</summary>
    public string? EndsAt { get; init; }

    /// <summary>Gets the calendar: firm, one of the firm's, or a country's code.</summary>
    public string? Calendar { get; init; }

    /// <summary>Gets what happens on its free days: keep, skip, before or after.</summary>
    public string? FreeDays { get; init; }

    /// <summary>Gets what happens to missed instants: run_once (default), run_all or skip.</summary>
    public string? Misfire { get; init; }

    /// <summary>Gets what happens while the last instance still runs: start (default), skip or queue.</summary>
    public string? Overlap { get; init; }

    public ScheduleDraft ToDraft() => new()
    {
        Name = Name,
        DefinitionId = DefinitionId,
        EventName = EventName,
        Input = Input,
        CorrelationId = CorrelationId,
        IsForEach = ForEach is not null,
        Stages = ForEach?.Stages ?? [],
        Tiers = ForEach?.Tiers ?? [],
        Kind = Kind,
        Expression = Expression,
        Zone = Zone,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        Calendar = Calendar,
        FreeDays = FreeDays,
        Misfire = Misfire,
        Overlap = Overlap,
    };
}

/// <summary>A schedule as the API shows it.</summary>
internal sealed record ScheduleView(
    Guid Id, string Name, string? DefinitionId, string? EventName, PlainObject Input, string? CorrelationId, EngagementSet? ForEach, string Kind, string Expression, string Zone,
    DateTimeOffset StartsAt, DateTimeOffset? EndsAt, string? Calendar, string FreeDays, string Misfire, string Overlap, string State, DateTimeOffset? NextDueAt, DateTimeOffset? HeldDueAt,
    DateTimeOffset? LastDueAt, long Revision, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy)
{
    public static ScheduleView Of(RecurringSchedule schedule) => new(
        schedule.Id,
        schedule.Settings.Name,
        schedule.Settings.DefinitionId,
        schedule.Settings.EventName,
        schedule.Settings.Input,
        schedule.Settings.CorrelationId,
        schedule.Settings.ForEach,
        ScheduleWords.Of(ScheduleWords.Kinds, schedule.Settings.Kind),
        schedule.Settings.Expression,
        schedule.Settings.Zone.Id,
        schedule.Settings.StartsAt,
        schedule.Settings.EndsAt,
        schedule.Settings.Calendar,
        ScheduleWords.Of(ScheduleWords.FreeDays, schedule.Settings.FreeDays),
        ScheduleWords.Of(ScheduleWords.Misfires, schedule.Settings.Misfire),
        ScheduleWords.Of(ScheduleWords.Overlaps, schedule.Settings.Overlap),
        schedule.State,
        schedule.NextDueAt,
        schedule.HeldDueAt,
        schedule.LastDueAt,
        schedule.Revision,
        schedule.CreatedAt,
        schedule.CreatedBy,
        schedule.ChangedAt,
        schedule.ChangedBy);
}

/// <param name="Zone">The schedule's zone.</param>
/// <param name="Instants">The instants, with the zone's offset.</param>
/// <param name="Upcoming">The same instants, each with what is to be known of it.</param>
internal sealed record ScheduleInstants(string Zone, IReadOnlyList<DateTimeOffset> Instants, IReadOnlyList<UpcomingInstant> Upcoming)
{
    public static ScheduleInstants Of(IEnumerable<ScheduledInstant> instants, TimeZoneInfo zone)
    {
        UpcomingInstant[] upcoming = [.. instants.Select(instant => new UpcomingInstant(TimeZoneInfo.ConvertTime(instant.At, zone), instant.IsProvisional))];
        return new(zone.Id, [.. upcoming.Select(instant => instant.At)], upcoming);
    }
}

/// <param name="At">The instant, with the zone's offset.</param>
/// <param name="IsProvisional">Whether it depends on a year whose holidays are not published: then it may still move or fall away.</param>
internal sealed record UpcomingInstant(DateTimeOffset At, bool IsProvisional);

/// <param name="DueAt">The instant under which the firing is listed.</param>
internal sealed record RunSchedule(DateTimeOffset DueAt);
