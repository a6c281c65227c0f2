using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>What people do to instances in the Studio: end them, remove those that have ended.</summary>
/// <remarks>
/// The Studio takes any refusal for a broken program. What an instance's state refuses is therefore answered with success and told in <see cref="StudioNotice"/>; instances that are
/// not there, or not to be seen, are passed over in lists of ids.
/// </remarks>
internal static class InstanceActEndpoints
{
    /// <summary>The most instances of one request.</summary>
    private const int Most = 10_000;

    // Commits are shared: some at once are hardly dearer than one.
    private const int AtOnce = 32;

    private const string Reason = "Asked for in the designer.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id:guid}", CancelAsync).RequireAuthorization(Policies.OperateInstances);
        api.MapPost("/bulk-actions/cancel/workflow-instances", CancelManyAsync).RequireAuthorization(Policies.OperateInstances);
        api.MapPost("/alterations/submit", SubmitPlanAsync).RequireAuthorization(Policies.OperateInstances);
        api.MapDelete("/workflow-instances/{id:guid}", DeleteAsync).RequireAuthorization(Policies.OperateInstances);
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", DeleteManyAsync).RequireAuthorization(Policies.OperateInstances);
    }

    private static async Task<IResult> CancelAsync(Guid id, CurrentPerson caller, FlowsDatabase database, BulkActs acts, Reader reader, HttpContext context)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, id, context.RequestAborted) is not { } instance)
            return TypedResults.NotFound();
        BulkItem item = await acts.ActAsync(BulkAct.Cancel, new(id, instance.DefinitionId, instance.CorrelationId), Reason, key: null, caller, context.RequestAborted);
        if (item.Outcome != BulkOutcome.Done)
            StudioNotice.Refuse(context.Response, reader, InstanceWords.EndedAlready);
        return TypedResults.Ok();
    }

    private static async Task<IResult> DeleteAsync(Guid id, CurrentPerson caller, FlowsDatabase database, BulkActs acts, Reader reader, HttpContext context)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, id, context.RequestAborted) is not { } instance)
            return TypedResults.NotFound();
        BulkItem item = await acts.ActAsync(BulkAct.Delete, new(id, instance.DefinitionId, instance.CorrelationId), Reason, key: null, caller, context.RequestAborted);
        if (item.Outcome != BulkOutcome.Done)
            StudioNotice.Refuse(context.Response, reader, InstanceWords.LivesStill);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> CancelManyAsync(InstanceBody<BulkCancelRequest> body, CurrentPerson caller, FlowsDatabase database, BulkActs acts, Reader reader, HttpContext context)
    {
        BulkCancelRequest request = body.Value;
        IReadOnlyList<Guid>? ids = request.Ids is null ? null : InstanceFilters.Ids(request.Ids);
        InstancesSought? sought = request switch
        {
            _ when ids is { Count: > 0 } => new() { Ids = ids },
            { DefinitionVersionId.Length: > 0 } => new() { DefinitionVersionId = request.DefinitionVersionId },
            { DefinitionId.Length: > 0 } => await OfDefinitionAsync(request.DefinitionId, request.VersionOptions, database, context.RequestAborted),
            _ => null,
        };
        (int done, int asked) = sought is null ? (0, 0) : await ActAsync(BulkAct.Cancel, sought with { Viewer = caller.Viewer }, caller, database, acts, context);
        if (done < Math.Max(asked, ids?.Count ?? 0))
            StudioNotice.Refuse(context.Response, reader, InstanceWords.SomeCouldNotBeEnded, done, Math.Max(asked, ids?.Count ?? 0));
        return StudioJson.Answer(new { cancelled = done });
    }

    private static async Task<IResult> SubmitPlanAsync(InstanceBody<AlterationPlan> body, CurrentPerson caller, FlowsDatabase database, BulkActs acts, Reader reader, HttpContext context)
    {
        AlterationPlan plan = body.Value;
        if (plan.Alterations is not [{ Type: "Cancel" }])
            throw new BadHttpRequestException("A plan does one thing here: 'alterations' must be one entry of type Cancel. Variables and failed activities are mended at the incident.");
        (int done, int asked) = InstanceFilters.Of(plan.Filter ?? new(), caller.Viewer) is { } sought ? await ActAsync(BulkAct.Cancel, sought, caller, database, acts, context) : (0, 0);
        if (done < asked)
            StudioNotice.Refuse(context.Response, reader, InstanceWords.SomeCouldNotBeEnded, done, asked);
        return StudioJson.Answer(new { planId = plan.Id ?? context.TraceIdentifier });
    }

    private static async Task<IResult> DeleteManyAsync(InstanceBody<InstanceIdsRequest> body, CurrentPerson caller, FlowsDatabase database, BulkActs acts, Reader reader, HttpContext context)
    {
        IReadOnlyList<Guid> ids = InstanceFilters.Ids(body.Value.Ids ?? []);
        (int done, _) = ids.Count == 0 ? (0, 0) : await ActAsync(BulkAct.Delete, new() { Ids = ids, Viewer = caller.Viewer }, caller, database, acts, context);
        if (done < ids.Count)
            StudioNotice.Refuse(context.Response, reader, InstanceWords.SomeCouldNotBeDeleted, done, ids.Count);
        return StudioJson.Answer(new { deleted = done });
    }

    // Each by itself: one that fails holds up no other.
    private static async Task<(int Done, int Asked)> ActAsync(BulkAct act, InstancesSought sought, CurrentPerson caller, FlowsDatabase database, BulkActs acts, HttpContext context)
    {
        InstancesSought fitting = sought with { States = Fitting(act, sought.States) };
        if (fitting.States is [])
            return (0, 0);
        IReadOnlyList<InstanceSummary> chosen = await ListInstancesByPage.ExecuteAsync(database.Queries, fitting, InstanceOrder.Created, isDescending: false, 0, Most + 1, context.RequestAborted);
        int done = 0;
        await Parallel.ForEachAsync(chosen.Take(Most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.RequestAborted }, async (instance, cancellationToken) =>
        {
            BulkItem item = await acts.ActAsync(act, new(instance.Id, instance.DefinitionId, instance.CorrelationId), Reason, key: null, caller, cancellationToken);
            if (item.Outcome == BulkOutcome.Done)
                Interlocked.Increment(ref done);
        });
        return (done, chosen.Count);
    }

    private static string[] Fitting(BulkAct act, IReadOnlyList<string>? wanted)
    {
        IReadOnlyList<string> fitting = InstanceStates.Sought([act == BulkAct.Cancel ? InstanceStates.Running : InstanceStates.Finished], [])!;
        return wanted is null ? [.. fitting] : [.. fitting.Intersect(wanted)];
    }

    private static async Task<InstancesSought?> OfDefinitionAsync(string definitionId, string? versionOptions, FlowsDatabase database, CancellationToken cancellationToken)
    {
        InstancesSought all = new() { DefinitionIds = [definitionId] };
        if (string.IsNullOrEmpty(versionOptions) || versionOptions == "AllVersions")
            return all;
        if (int.TryParse(versionOptions, out int number))
            return all with { Version = number };
        return await FindDefinitionVersion.ExecuteAsync(database.Queries, definitionId, versionOptions, cancellationToken) is { } version ? all with { DefinitionVersionId = version } : null;
    }
}
