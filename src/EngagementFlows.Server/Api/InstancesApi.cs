using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Runs of flows: start, look, cancel.</summary>
internal static class InstancesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/instances").WithTags("Instances");
        group.MapPost("", StartAsync).RequireAuthorization(Policies.StartInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Starts an instance and answers when it waits or has ended.")
            .Produces<StartedInstance>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/dispatch", DispatchAsync).RequireAuthorization(Policies.StartInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Stores the wish to start an instance and answers at once.")
            .Produces<DispatchedInstance>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(422);
        group.MapGet("", ListAsync).WithSummary("Lists instances, newest first.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows an instance with its variables and what it waits for.");
        group.MapGet("/{id:guid}/journal", ReadJournalAsync).WithSummary("Shows what an instance did, oldest first.").ProducesProblem(400);
        group.MapPost("/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.OperateInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Ends an instance from outside; its tasks and links end with it.")
            .Produces<InstanceSummary>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> StartAsync(
        JsonBody<StartRequest> body, CurrentPerson person, FlowsEngine engine, LiveCatalogue catalogue, RepeatedRequests repeated, DatabaseClock clock, Confidentiality confidentiality,
        HttpContext context)
    {
        StartRequest request = body.Value;
        request.Check();
        // What it answers shows what the flow did.
        if (!await confidentiality.IsOpenAsync(person, request.CorrelationId, context.RequestAborted))
            return Refusal.NotFound("engagement", request.CorrelationId!);
        StartRequested start = request.ToStimulus(TimeOrderedId.Create(clock.Now));
        StimulusResult result = await InstanceActs.StartAsync(engine, start, body.Key, Answer, person, context.RequestAborted);
        return await repeated.AnswerAsync(body.Key, result, Answer, NotStarted, context);

        ApiAnswer Answer(StimulusResult applied) => ApiAnswer.Of(StatusCodes.Status201Created, StartedInstance.Of(applied.Instance!, catalogue.Current));
    }

    private static async Task<IResult> DispatchAsync(
        JsonBody<StartRequest> body, CurrentPerson person, FlowsEngine engine, LiveCatalogue catalogue, RepeatedRequests repeated, DatabaseClock clock, Confidentiality confidentiality,
        HttpContext context)
    {
        StartRequest request = body.Value;
        request.Check();
        if (!await confidentiality.IsOpenAsync(person, request.CorrelationId, context.RequestAborted))
            return Refusal.NotFound("engagement", request.CorrelationId!);
        if (!Exists(catalogue.Current, request))
            return Refusal.Unprocessable("Unknown definition", UnknownDefinition(request));
        StartRequested start = request.ToStimulus(TimeOrderedId.Create(clock.Now));
        StimulusResult result = await engine.Gateway.EnqueueAsync(
            start, dueAt: null, InstanceActs.Rider(body.Key, Answer, person, "InstanceDispatched", start.CorrelationId, start.DefinitionId, start.InstanceId, detail: null), context.RequestAborted);
        return await repeated.AnswerAsync(body.Key, result, Answer, NotStarted, context);

        ApiAnswer Answer(StimulusResult _) => ApiAnswer.Of(StatusCodes.Status202Accepted, new DispatchedInstance(start.InstanceId));
    }

    private static async Task<Results<Ok<Page<InstanceSummary>>, ProblemHttpResult>> ListAsync(
        CurrentPerson caller, FlowsDatabase database, string? definitionId, string? status, string? correlationId, bool? needsPerson, string? search, string? after, int? limit,
        CancellationToken cancellationToken)
    {
        if (status is not null && !InstanceActs.States.Contains(status))
            return Refusal.BadRequest($"'status' is '{status}'. It must be one of {string.Join(", ", InstanceActs.States)}.");
        InstanceFilter filter = new() { Viewer = caller.Viewer, DefinitionId = definitionId, Status = status, CorrelationId = correlationId, NeedsPerson = needsPerson == true, Search = search };
        return TypedResults.Ok(await ListInstances.ExecuteAsync(database.Queries, filter, ListPlace.Id(after), Paging.Limit(limit), cancellationToken));
    }

    private static async Task<Results<Ok<InstanceDetail>, ProblemHttpResult>> GetAsync(
        Guid id, FlowsDatabase database, LiveCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is not { } instance)
            return Refusal.NotFound("instance", id);
        // Another process may have made the version a moment ago.
        if (catalogue.Current.Version(instance.DefinitionVersionId) is null)
            await catalogue.RefreshAsync(cancellationToken);
        return TypedResults.Ok(InstanceDetail.Of(instance, catalogue.Current));
    }

    private static async Task<Results<Ok<JournalPage>, ProblemHttpResult>> ReadJournalAsync(
        Guid id, FlowsDatabase database, string? after, int? limit, CancellationToken cancellationToken)
    {
        int size = Paging.Limit(limit);
        IReadOnlyList<JournalTransition> transitions = await ReadJournal.ExecuteAsync(database.Queries, id, ListPlace.Number(after) ?? 0, size + 1, cancellationToken);
        if (transitions.Count == 0 && await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is null)
            return Refusal.NotFound("instance", id);
        return TypedResults.Ok(new JournalPage([.. transitions.Take(size)], transitions.Count > size ? transitions[size - 1].Revision : null));
    }

    private static async Task<IResult> CancelAsync(
        Guid id, JsonBody<CancelRequest> body, CurrentPerson person, FlowsDatabase database, FlowsEngine engine, RepeatedRequests repeated, HttpContext context)
    {
        TextRules.Limit("reason", body.Value.Reason, 1_000);
        if (await GetInstance.ExecuteAsync(database.Queries, id, context.RequestAborted) is not { } instance)
            return Refusal.NotFound("instance", id);
        if (InstanceActs.IsStale(instance, body.Value.Revision) is { } stale)
            return await repeated.ReplayAsync(body.Key, refusedBy: null, context) ?? stale;
        RequestRider rider = InstanceActs.Rider(
            body.Key, InstanceActs.Ok, person, "InstanceCancelled", instance.CorrelationId, instance.DefinitionId, id, new { reason = body.Value.Reason });
        StimulusResult result = await engine.Gateway.SubmitAsync(new CancelRequested(id, body.Value.Reason, person.Name), rider, context.RequestAborted);
        return await repeated.AnswerAsync(body.Key, result, InstanceActs.Ok, _ => Refusal.Conflict($"Instance '{id}' has ended already as '{InstanceActs.Name(instance.Status)}'. There is nothing to cancel."), context);
    }

    private static IResult NotStarted(StimulusResult result) => result.Kind == TransitionKind.Ignored
        ? Refusal.Conflict(result.Message ?? "The definition allows no further instance at the moment.")
        : Refusal.Unprocessable("Not started", result.Message ?? result.RefusedBy ?? "The instance could not be started.");

    private static bool Exists(DefinitionCatalogue catalogue, StartRequest request) =>
        request.VersionId is { } versionId ? catalogue.Version(versionId) is not null : catalogue.Published(request.DefinitionId!) is not null;

    private static string UnknownDefinition(StartRequest request) => request.VersionId is { } versionId
        ? $"There is no version '{versionId}' of definition '{request.DefinitionId}'. GET /api/definitions lists them."
        : $"There is no published definition '{request.DefinitionId}'. GET /api/definitions lists them.";
}

/// <summary>The wish to start an instance.</summary>
internal sealed record StartRequest
{
    /// <summary>Gets the definition; must be given.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the version to run; left out = the published one.</summary>
    public string? VersionId { get; init; }

    /// <summary>Gets the workflow inputs by name.</summary>
    public PlainObject? Input { get; init; }

    /// <summary>Gets the business key, for our own flows the engagement's id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the instance's name.</summary>
    public string? Name { get; init; }

    /// <exception cref="BadHttpRequestException">A member is missing or too long.</exception>
    public void Check()
    {
        TextRules.Require("definitionId", DefinitionId, 400);
        TextRules.Limit("versionId", VersionId, 450);
        TextRules.Limit("correlationId", CorrelationId, 300);
        TextRules.Limit("name", Name, 1_000);
    }

    public StartRequested ToStimulus(Guid id) => new(id, DefinitionId!)
    {
        DefinitionVersionId = VersionId,
        Input = Input ?? new PlainObject(),
        CorrelationId = CorrelationId,
        Name = Name,
    };
}

/// <summary>The wish to end an instance.</summary>
internal sealed record CancelRequest
{
    /// <summary>Gets why; stands in the journal and in the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the revision that the caller saw; another one is refused.</summary>
    public long? Revision { get; init; }
}

/// <param name="Instance">The instance as it stands now.</param>
/// <param name="Outputs">Its outputs, if it has ended already.</param>
internal sealed record StartedInstance(InstanceSummary Instance, PlainObject? Outputs)
{
    public static StartedInstance Of(WorkflowInstance instance, DefinitionCatalogue catalogue) => new(
        InstanceActs.Summary(instance),
        instance.Status == InstanceStatus.Finished ? InstanceView.Of(catalogue, instance).Outputs : null);
}

/// <param name="Id">The id that the instance will have.</param>
internal sealed record DispatchedInstance(Guid Id);

/// <param name="Instance">The instance.</param>
/// <param name="Variables">Its variables by name.</param>
/// <param name="Inputs">Its inputs by name.</param>
/// <param name="Outputs">Its outputs by name.</param>
/// <param name="Executions">The activity executions that are not finished, with what they wait for.</param>
internal sealed record InstanceDetail(
    InstanceSummary Instance, PlainObject Variables, PlainObject Inputs, PlainObject Outputs, IReadOnlyList<ExecutionView> Executions)
{
    public static InstanceDetail Of(WorkflowInstance instance, DefinitionCatalogue catalogue)
    {
        InstanceView view = InstanceView.Of(catalogue, instance);
        return new InstanceDetail(InstanceActs.Summary(instance), view.Variables, view.Inputs, view.Outputs, view.Executions);
    }
}

/// <param name="Items">Transitions with their entries.</param>
/// <param name="Next">What to send as <c>after</c>; <see langword="null"/> at the end.</param>
internal sealed record JournalPage(IReadOnlyList<JournalTransition> Items, long? Next);
