using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>What is promised for each kind of case, the clocks of promises, and how they were kept.</summary>
internal static class PromisesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/promises").WithTags("Promises");
        group.MapGet("", ListAsync).WithSummary("Lists the classes of the promise table by name.").ProducesProblem(400);
        group.MapGet("/figures", FiguresAsync).WithSummary("Tells how promises were kept, by class, owner, engagement or month: kept, missed, running, median and 95th percentile of the working time.").ProducesProblem(400);
        group.MapGet("/{id}", GetAsync).WithSummary("Shows a class; its ETag is asked for by whoever changes it.");
        group.MapPut("/{id}", PutAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(TakesIfMatch.Optional)
            .WithSummary("Makes a class, or replaces one that is there: then If-Match must say which one was seen. Clocks that run keep their limit.")
            .Produces<PromiseClassLine>().ProducesProblem(400).ProducesProblem(422);
        group.MapDelete("/{id}", RemoveAsync).RequireAuthorization(Policies.ManageCalendars).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Removes a class; flows that name it stop with an incident, clocks that run keep their limit.").Produces(204).ProducesProblem(404);
        api.MapGet("/clocks", ClocksAsync).WithTags("Promises").WithSummary("Lists the clocks of promises, the latest first.").ProducesProblem(400);
    }

    private static async Task<Ok<ListPage<PromiseClassLine>>> ListAsync(ListPromiseClasses list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(after, Paging.Limit(limit), cancellationToken));

    private static async Task<Ok<ListPage<ClockLine>>> ClocksAsync(
        CurrentPerson caller, ListClocks list, Guid? engagementId, Guid? clientId, Guid? instanceId, string? state, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(new(engagementId, clientId, instanceId, Named<ClockState>("state", state)) { Viewer = caller.Viewer }, after, Paging.Limit(limit), cancellationToken));

    private static async Task<Ok<ListPage<ClockFigures>>> FiguresAsync(
        CurrentPerson caller, ReadClockFigures read, string? by, Guid? engagementId, Guid? clientId, Guid? ownerId, DateTimeOffset? from, DateTimeOffset? until, string? after, int? limit,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ClockFigures> all = await read.ExecuteAsync(
            new(engagementId, clientId, ownerId, from, until) { Viewer = caller.Viewer }, Named<ClockGrouping>("by", by) ?? ClockGrouping.Class, chinese: false, now: null, cancellationToken);
        // In the order of their names; the place is the group after which the page begins.
        ClockFigures[] rest = [.. after is null ? all : all.SkipWhile(figures => figures.Group != after).Skip(1)];
        int most = Paging.Limit(limit);
        return TypedResults.Ok(new ListPage<ClockFigures>([.. rest.Take(most)], rest.Length > most ? rest[most - 1].Group : null));
    }

    private static async Task<Results<Ok<PromiseClassLine>, ProblemHttpResult>> GetAsync(string id, ListPromiseClasses list, HttpContext context)
    {
        if (await FindAsync(id, list, context.RequestAborted) is not { } found)
            return Refusal.NotFound("class of the promise table", id);
        Precondition.Tell(context, Tag(found));
        return TypedResults.Ok(found);
    }

    private static async Task<IResult> PutAsync(
        string id, JsonBody<PromiseRequest> body, CalendarDesk desk, ListPromiseClasses list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        PromiseClassLine? seen = await FindAsync(id, list, context.RequestAborted);
        if (seen is not null && await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, CalendarDesk.SubjectOfPromise(id)) is { } refused)
            return refused;
        PromiseClass? promise = PromiseRules.Read(
            id, seen?.Class.Revision ?? 0, body.Value.Name ?? seen?.Class.Name, body.Value.Answer, body.Value.Solution,
            [.. (body.Value.Tiers ?? new Dictionary<int, PromiseTimes>()).Select(tier => (tier.Key, tier.Value))], out LocalizedText? fault);
        if (promise is null)
            return Refusal.Unprocessable("Promise faulty", fault!.En, "message", fault);
        if (!await desk.SaveAsync(promise, caller.Caller, context.RequestAborted))
            return await precondition.ChangedAsync(context, "", AuditEntry.Administration, CalendarDesk.SubjectOfPromise(id));
        PromiseClassLine stored = (await list.FindAsync(id, context.RequestAborted))!;
        Precondition.Tell(context, Tag(stored));
        return TypedResults.Ok(stored);
    }

    private static async Task<IResult> RemoveAsync(string id, CalendarDesk desk, ListPromiseClasses list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        if (await FindAsync(id, list, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("class of the promise table", id);
        if (await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, CalendarDesk.SubjectOfPromise(id)) is { } refused)
            return refused;
        return await desk.RemovePromiseAsync(id, seen.Class.Revision, caller.Caller, context.RequestAborted)
            ? TypedResults.NoContent()
            : await precondition.ChangedAsync(context, "", AuditEntry.Administration, CalendarDesk.SubjectOfPromise(id));
    }

    private static async Task<PromiseClassLine?> FindAsync(string id, ListPromiseClasses list, CancellationToken cancellationToken) =>
        PromiseClass.IsId(id) ? await list.FindAsync(id, cancellationToken) : null;

    private static T? Named<T>(string field, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        return Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw new BadHttpRequestException($"'{field}' is '{text}'. It must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
    }

    private static string Tag(PromiseClassLine line) => $"{line.Class.Revision}";
}

/// <summary>A class of the promise table.</summary>
internal sealed record PromiseRequest
{
    /// <summary>Gets the name for people, in both languages.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Gets the time until somebody answers, like 2 working hours.</summary>
    public string? Answer { get; init; }

    /// <summary>Gets the time until a solution is proposed.</summary>
    public string? Solution { get; init; }

    /// <summary>Gets what is promised to clients of a tier instead, by tier (1 to 3).</summary>
    public IReadOnlyDictionary<int, PromiseTimes>? Tiers { get; init; }
}
