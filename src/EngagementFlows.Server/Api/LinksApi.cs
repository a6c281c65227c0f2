using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Links to clients: how they stand, take one back, send a new one. Their tokens are told to nobody.</summary>
internal static class LinksApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/links").WithTags("Links");
        group.MapGet("", ListAsync).WithSummary("Lists the links of an instance, newest first.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows how a link stands, and a guess at who opened it.");
        group.MapPost("/{id:guid}/revoke", RevokeAsync).RequireAuthorization(Policies.ManageLinks)
            .WithSummary("Takes an open link back; the flow goes on waiting for its time-out. Twice is the same as once.");
        group.MapPost("/{id:guid}/send-anew", SendAnewAsync).RequireAuthorization(Policies.ManageLinks).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Sends the contact a new link in the same letter; the old one is dead from then on.").Produces<SentLink>().ProducesProblem(409);
    }

    private static async Task<Ok<ListPage<LinkLine>>> ListAsync(Guid instanceId, ReadLinks links, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await links.OfInstanceAsync(instanceId, after, Paging.Limit(limit), cancellationToken));

    private static async Task<Results<Ok<LinkLine>, ProblemHttpResult>> GetAsync(Guid id, ReadLinks links, CancellationToken cancellationToken) =>
        await links.FindAsync(id, cancellationToken) is { } link ? TypedResults.Ok(link) : Refusal.NotFound("link", id);

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, JsonBody<RevokeRequest> body, CurrentPerson caller, RevokeLink revoke, ReadLinks links, CancellationToken cancellationToken)
    {
        TextRules.Require("reason", body.Value.Reason, 1_000);
        if (await revoke.ExecuteAsync(id, caller.Caller, body.Value.Reason, now: null, cancellationToken))
            return TypedResults.NoContent();
        return await links.FindAsync(id, cancellationToken) switch
        {
            null => Refusal.NotFound("link", id),
            { State: Engagements.Links.LinkState.Revoked } => TypedResults.NoContent(),
            var link => Refusal.Conflict($"Link '{id}' is {link.State.ToString().ToLowerInvariant()} already. Only an open link can be taken back."),
        };
    }

    private static async Task<IResult> SendAnewAsync(
        Guid id, CurrentPerson caller, SendLinkAnew send, ReadLinks links, RepeatedRequests repeated, DatabaseClock clock, HttpContext context)
    {
        return await repeated.OnceAsync(await IdempotencyKey.ReadAsync(context), context, async keeper =>
        {
            if (await send.ExecuteAsync(id, caller.Caller, caller.Name, clock.Now, (transaction, sent) => keeper.KeepAsync(transaction, Answer(sent)), context.RequestAborted) is { } anew)
                return Answer(anew);
            return await links.FindAsync(id, context.RequestAborted) is null
                ? Refusal.NotFound("link", id)
                : Refusal.Conflict($"For link '{id}' no new one can be sent: its answer is no longer waited for, its date has passed, or a newer link was sent already.");
        });

        static ApiAnswer Answer(Guid sent) => ApiAnswer.Of(StatusCodes.Status200OK, new SentLink(sent));
    }
}

/// <summary>The wish to take a link back.</summary>
internal sealed record RevokeRequest
{
    /// <summary>Gets why; must be given, and stands in the audit.</summary>
    public string? Reason { get; init; }
}

/// <param name="Id">The new link's id.</param>
internal sealed record SentLink(Guid Id);
