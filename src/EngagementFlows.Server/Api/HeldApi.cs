using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Server.Backups;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>What waits for a person since the database was restored from a backup.</summary>
internal static class HeldApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/held").WithTags("Restore").RequireAuthorization(Policies.OperateInstances);
        group.MapGet("", ShowAsync).WithSummary("Shows whether the database was restored, and what waits for release since: effects oldest first.").ProducesProblem(400);
        group.MapPost("/send", (JsonBody<HeldRequest> body, HeldDesk desk, CurrentPerson person, RepeatedRequests repeated, HttpContext context) =>
                DecideAsync(HeldDecision.Send, body.Value.Ids, body.Key, desk, person, repeated, context))
            .WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Lets held mails and calls go out now: those given, or all.").Produces<HeldCount>();
        group.MapPost("/mark-sent", (JsonBody<HeldRequest> body, HeldDesk desk, CurrentPerson person, RepeatedRequests repeated, HttpContext context) =>
                DecideAsync(HeldDecision.MarkSent, body.Value.Ids, body.Key, desk, person, repeated, context))
            .WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Records held mails as sent before the restore: those given, or all.").Produces<HeldCount>();
        group.MapPost("/release-timers", async (HeldDesk desk, CurrentPerson person, RepeatedRequests repeated, HttpContext context) =>
                await DecideAsync(HeldDecision.ReleaseFacts, null, await IdempotencyKey.ReadAsync(context), desk, person, repeated, context))
            .WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Lets held timers, other due facts and schedules go on, at the pace of catching up.").Produces<HeldCount>();
    }

    private static async Task<Ok<HeldView>> ShowAsync(CurrentPerson caller, ReadIncarnation read, ListHeldEffects list, string? after, int? limit, CancellationToken cancellationToken)
    {
        IncarnationState state = await read.ExecuteAsync(cancellationToken);
        ListPage<HeldEffect> effects = await list.PageAsync(after, Paging.Limit(limit), cancellationToken, caller.Viewer);
        return TypedResults.Ok(new HeldView(state.Incarnation, state.Held, effects.Items, effects.Next));
    }

    private static async Task<IResult> DecideAsync(
        HeldDecision decision, IReadOnlyList<Guid>? ids, IdempotencyKey? key, HeldDesk desk, CurrentPerson person, RepeatedRequests repeated, HttpContext context)
    {
        return await repeated.OnceAsync(key, context, async keeper => Answer(
            await desk.DecideAsync(decision, ids, person.Caller, (transaction, held) => keeper.KeepAsync(transaction, Answer(held)), context.RequestAborted)));

        static ApiAnswer Answer(long count) => ApiAnswer.Of(StatusCodes.Status200OK, new HeldCount(count));
    }
}

/// <summary>Which held effects are meant.</summary>
internal sealed record HeldRequest
{
    /// <summary>Gets the effects' ids. Left out = all.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }
}

/// <param name="Incarnation">The restore; null if there was none.</param>
/// <param name="Held">How much waits.</param>
/// <param name="Items">The effects among it.</param>
/// <param name="Next">What to send as <c>after</c>; <see langword="null"/> at the end.</param>
internal sealed record HeldView(Incarnation? Incarnation, HeldWork Held, IReadOnlyList<HeldEffect> Items, string? Next);

/// <param name="Count">How many were held and are not any more.</param>
internal sealed record HeldCount(long Count);
