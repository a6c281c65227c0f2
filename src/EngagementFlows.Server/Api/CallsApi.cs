using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Instances;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Outside calls of which nobody knows whether they happened: look, decide.</summary>
internal static class CallsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/instances/{id:guid}/calls").WithTags("Calls");
        group.MapGet("", ListAsync).WithSummary("Lists the instance's outside calls of which nobody knows whether they happened, oldest first.").ProducesProblem(400);
        group.MapPost("/{callId:guid}/settle", SettleAsync).RequireAuthorization(Policies.OperateInstances)
            .WithSummary("Decides about such a call: it happened with a status, it is let be, it is made again.")
            .ProducesProblem(409);
    }

    private static async Task<Ok<ListPage<UncertainCall>>> ListAsync(Guid id, ListUncertainCalls list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.PageAsync(id, after, Paging.Limit(limit), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> SettleAsync(
        Guid id, Guid callId, JsonBody<CallSettleRequest> body, SettleCall settle, CurrentPerson person, CancellationToken cancellationToken)
    {
        CallSettleRequest wish = body.Value;
        TextRules.Require("reason", wish.Reason, 2_000);
        if (CallSettlement.DecisionOf(wish.Decision, wish.Status) is not { } decision)
            return Refusal.BadRequest($"'decision' is '{wish.Decision}' and 'status' is '{wish.Status}'. It must be 'happened' with a status from 200 to 599, 'let-be' or 'again'.");
        return await settle.ExecuteAsync(id, callId, wish.Attempt, decision, wish.Reason!, person.Caller, cancellationToken)
            ? TypedResults.NoContent()
            : Refusal.Conflict($"Attempt {wish.Attempt} of call '{callId}' of instance '{id}' is not uncertain (any more), or the instance has ended. GET /api/instances/{id}/calls shows the calls that are.");
    }
}

/// <summary>A decision about an uncertain call.</summary>
internal sealed record CallSettleRequest
{
    /// <summary>Gets <c>happened</c>, <c>let-be</c> or <c>again</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Gets the status with which the flow goes on, 200 to 599; with <c>happened</c> only.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the number of the attempt that the caller saw; another one is refused.</summary>
    public int Attempt { get; init; }

    /// <summary>Gets why; must be given.</summary>
    public string? Reason { get; init; }
}
