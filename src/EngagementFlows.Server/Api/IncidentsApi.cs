using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Failures that wait for a person: look, retry, skip.</summary>
internal static class IncidentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", ListAsync).WithTags("Incidents").WithSummary("Lists incidents, newest first.").ProducesProblem(400);
        RouteGroupBuilder group = api.MapGroup("/instances/{id:guid}/incidents/{incidentId:guid}").WithTags("Incidents").RequireAuthorization(Policies.OperateInstances);
        group.MapPost("/retry", RetryAsync).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Runs the failed activity again, perhaps with variables set before; then the reason must be given.")
            .Produces<InstanceSummary>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/skip", SkipAsync).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Goes on as if the failed activity had completed.")
            .Produces<InstanceSummary>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Ok<Page<IncidentSummary>>> ListAsync(
        CurrentPerson caller, FlowsDatabase database, Guid? instanceId, string? definitionId, bool? all, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ListIncidents.ExecuteAsync(
            database.Queries, instanceId, onlyOpen: all != true, definitionId, ListPlace.Id(after), Paging.Limit(limit), cancellationToken, caller.Viewer));

    private static Task<IResult> RetryAsync(
        Guid id, Guid incidentId, JsonBody<RetryRequest> body, CurrentPerson person, FlowsDatabase database, FlowsEngine engine, RepeatedRequests repeated, HttpContext context)
    {
        RetryRequest request = body.Value;
        TextRules.Limit("reason", request.Reason, 1_000);
        // Whoever changes an instance's data by hand says why, as whoever skips a step does.
        if (request.Variables is { Count: > 0 })
            TextRules.Require("reason", request.Reason, 1_000);
        return ActAsync(
            new IncidentRetried(id, incidentId, request.Variables, person.Name) { Reason = request.Reason }, incidentId, body.Key, request.Revision, "IncidentRetried",
            new { incident = incidentId, reason = request.Reason, variables = request.Variables?.Select(variable => variable.Key) }, person, database, engine, repeated, context);
    }

    private static Task<IResult> SkipAsync(
        Guid id, Guid incidentId, JsonBody<SkipRequest> body, CurrentPerson person, FlowsDatabase database, FlowsEngine engine, RepeatedRequests repeated, HttpContext context)
    {
        SkipRequest request = body.Value;
        TextRules.Require("reason", request.Reason, 1_000);
        TextRules.Limit("outcome", request.Outcome, 200);
        return ActAsync(
            new IncidentSkipped(id, incidentId, request.Outcome, request.Reason!, person.Name), incidentId, body.Key, request.Revision, "IncidentSkipped",
            new { incident = incidentId, reason = request.Reason, outcome = request.Outcome }, person, database, engine, repeated, context);
    }

    private static async Task<IResult> ActAsync(
        Stimulus stimulus, Guid incidentId, IdempotencyKey? key, long? revision, string act, object detail,
        CurrentPerson person, FlowsDatabase database, FlowsEngine engine, RepeatedRequests repeated, HttpContext context)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, stimulus.InstanceId, context.RequestAborted) is not { } instance)
            return Refusal.NotFound("instance", stimulus.InstanceId);
        if (InstanceActs.IsStale(instance, revision) is { } stale)
            return await repeated.ReplayAsync(key, refusedBy: null, context) ?? stale;
        StimulusResult result = await engine.Gateway.SubmitAsync(
            stimulus, InstanceActs.Rider(key, InstanceActs.Ok, person, act, instance.CorrelationId, instance.DefinitionId, stimulus.InstanceId, detail), context.RequestAborted);
        return await repeated.AnswerAsync(key, result, InstanceActs.Ok, NotDone, context);

        IResult NotDone(StimulusResult refused) => refused.Kind == TransitionKind.Refused
            ? Refusal.Unprocessable("Not done", refused.Message ?? refused.RefusedBy ?? "The incident could not be resolved in this way.")
            : Refusal.Conflict($"Incident '{incidentId}' of instance '{stimulus.InstanceId}' is not open (any more). GET /api/incidents?instanceId={stimulus.InstanceId}&all=true shows what became of it.");
    }
}

/// <summary>A retry of an incident.</summary>
internal sealed record RetryRequest
{
    /// <summary>Gets variables to set before, by name.</summary>
    public PlainObject? Variables { get; init; }

    /// <summary>Gets why; must be given with variables, and stands with the incident, in the journal and in the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the revision that the caller saw; another one is refused.</summary>
    public long? Revision { get; init; }
}

/// <summary>A skip of an incident.</summary>
internal sealed record SkipRequest
{
    /// <summary>Gets the outcome to follow; left out = Done.</summary>
    public string? Outcome { get; init; }

    /// <summary>Gets why; must be given.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the revision that the caller saw; another one is refused.</summary>
    public long? Revision { get; init; }
}
