using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Api;

/// <summary>One act on many instances: each in a transaction of its own, so that one that fails holds up no other.</summary>
internal static class BulkApi
{
    private const int DefaultLimit = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/instances/bulk", ActAsync).WithTags("Instances").RequireAuthorization(Policies.OperateInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Cancels, retries or deletes many instances, those given or those that a filter finds; each by itself, with its own result.")
            .Produces<BulkAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> ActAsync(
        JsonBody<BulkRequest> body, CurrentPerson caller, BulkActs acts, FlowsDatabase database, RepeatedRequests repeated, DatabaseClock clock, HttpContext context)
    {
        BulkRequest request = body.Value;
        int limit = Check(request);
        if (await repeated.ReplayAsync(body.Key, refusedBy: null, context) is { } earlier)
            return earlier;
        (IReadOnlyList<SelectedInstance> chosen, long matched) = await SelectInstances.ExecuteAsync(
            database.Queries, request.Act!.Value, request.Ids, (request.Filter?.ToFilter() ?? new()) with { Viewer = caller.Viewer }, limit, context.RequestAborted);
        List<BulkItem> items = [];
        foreach (SelectedInstance instance in chosen)
        {
            items.Add(request.DryRun
                ? new(instance.Id, BulkOutcome.WouldDo, null)
                : await acts.ActAsync(request.Act.Value, instance, request.Reason, body.Key, caller, context.RequestAborted));
        }

        // Those that were named one by one are answered one by one.
        if (matched <= limit && request.Ids is { } ids)
            items.AddRange(ids.Distinct().Except(chosen.Select(one => one.Id)).Select(id => new BulkItem(id, BulkOutcome.Skipped, WhySkipped(request.Act.Value))));
        ApiAnswer answer = ApiAnswer.Of(StatusCodes.Status200OK, new BulkAnswer(
            request.Act.Value, request.DryRun, matched, Math.Max(0, matched - chosen.Count), Count(items, BulkOutcome.Done), Count(items, BulkOutcome.Skipped), Count(items, BulkOutcome.Failed), items));
        return await repeated.KeepAsync(body.Key, answer, clock.Now, context);
    }

    private static int Count(List<BulkItem> items, BulkOutcome outcome) => items.Count(item => item.Outcome == outcome);

    private static int Check(BulkRequest request)
    {
        if (request.Act is null)
            throw new BadHttpRequestException("'act' is missing. It must be one of cancel, retry, delete.");
        if ((request.Ids is null) == (request.Filter is null))
            throw new BadHttpRequestException("Exactly one of 'ids' and 'filter' must be given: which instances are meant.");
        if (request.Ids is { Count: 0 or > Paging.MaxLimit })
            throw new BadHttpRequestException($"'ids' has {request.Ids.Count} members. It must have 1 to {Paging.MaxLimit}.");
        if (request.Filter?.Status is { } status && !InstanceActs.States.Contains(status))
            throw new BadHttpRequestException($"'filter.status' is '{status}'. It must be one of {string.Join(", ", InstanceActs.States)}.");
        if (request.Filter is { } filter && filter == new BulkFilter())
            throw new BadHttpRequestException("'filter' narrows nothing. Give at least one of definitionId, status, correlationId, needsPerson, search.");
        if (!request.DryRun)
            TextRules.Require("reason", request.Reason, 1_000);
        return Paging.Limit(request.Limit ?? request.Ids?.Count ?? DefaultLimit);
    }

    private static string WhySkipped(BulkAct act) => act switch
    {
        BulkAct.Cancel => "There is no such instance, or it has ended already.",
        BulkAct.Retry => "There is no such instance, or it has no open incident.",
        _ => "There is no such instance, or it has not ended: cancel it first.",
    };
}

/// <summary>An act on many instances.</summary>
internal sealed record BulkRequest
{
    /// <summary>Gets what is to be done; must be given.</summary>
    public BulkAct? Act { get; init; }

    /// <summary>Gets the instances; this or a filter must be given.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>Gets what finds the instances.</summary>
    public BulkFilter? Filter { get; init; }

    /// <summary>Gets why; must be given unless nothing is done.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the most instances that are taken, the oldest first. Left out = 100, or all that are given.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets whether nothing is to be done but to count.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What finds instances; what is left out narrows nothing.</summary>
internal sealed record BulkFilter
{
    /// <summary>Gets the definition.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the state.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the business key.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets whether only those with open incidents, or stalled ones, are meant.</summary>
    public bool? NeedsPerson { get; init; }

    /// <summary>Gets words that id, name or business key must contain.</summary>
    public string? Search { get; init; }

    public InstanceFilter ToFilter() => new() { DefinitionId = DefinitionId, Status = Status, CorrelationId = CorrelationId, NeedsPerson = NeedsPerson == true, Search = Search };
}

/// <param name="Act">What was to be done.</param>
/// <param name="DryRun">Whether nothing was done.</param>
/// <param name="Matched">How many instances it could be done to.</param>
/// <param name="Left">How many of them were beyond the limit; send the request again, under another key, for the next.</param>
/// <param name="Done">How many it was done to.</param>
/// <param name="Skipped">How many it could not be done to any more, or never.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Items">Each instance with its result.</param>
internal sealed record BulkAnswer(BulkAct Act, bool DryRun, long Matched, long Left, int Done, int Skipped, int Failed, IReadOnlyList<BulkItem> Items);

/// <param name="Id">The instance.</param>
/// <param name="Outcome">What became of the act.</param>
/// <param name="Detail">Why it was not done, or null.</param>
internal sealed record BulkItem(Guid Id, BulkOutcome Outcome, string? Detail);

/// <summary>What became of an act on one of many instances.</summary>
internal enum BulkOutcome
{
    /// <summary>It is committed.</summary>
    Done,

    /// <summary>It would be done.</summary>
    WouldDo,

    /// <summary>The instance is not, or no longer, in a state for it.</summary>
    Skipped,

    /// <summary>It failed; nothing of it was kept.</summary>
    Failed,
}
