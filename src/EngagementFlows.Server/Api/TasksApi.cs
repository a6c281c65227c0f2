using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Work of people that flows wait for.</summary>
internal static class TasksApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/tasks").WithTags("Tasks");
        group.MapGet("", ListAsync).WithSummary("Lists tasks in the order in which they are due: the caller's own, or all for those who watch over them.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a task.");
        group.MapPost("/{id:guid}/complete", CompleteAsync).RequireAuthorization(Policies.CompleteTasks).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Gives a task its outcome; the flow goes on in the same commit.")
            .Produces<CompletedTask>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/{id:guid}/reassign", ReassignAsync).RequireAuthorization(Policies.CompleteTasks).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Gives an open task to another person or role.").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<Results<Ok<ListPage<TaskLine>>, ProblemHttpResult>> ListAsync(
        CurrentPerson caller, ActingPerson acting, ListTasks list, string? state, Guid? engagementId, bool? all, string? after, int? limit, CancellationToken cancellationToken)
    {
        TaskState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse(state, ignoreCase: true, out TaskState parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(state[0]))
                return Refusal.BadRequest($"'state' is '{state}'. It must be one of {string.Join(", ", Enum.GetNames<TaskState>()).ToLowerInvariant()}.");
            wanted = parsed;
        }

        if (all == true && !WatchesAll(caller))
            return Refusal.Forbidden("All tasks are listed for operators, administrators and auditors. Leave 'all' out to list your own.");
        Person? holder = all == true ? null : await acting.FindAsync(caller, cancellationToken) ?? new Person(Guid.Empty, caller.Name, "", caller.Roles, caller.Language, caller.Zone);
        return TypedResults.Ok(await list.ExecuteAsync(holder, wanted, engagementId, after, Paging.Limit(limit), cancellationToken, caller.Viewer));
    }

    private static async Task<Results<Ok<TaskDetail>, ProblemHttpResult>> GetAsync(
        Guid id, CurrentPerson caller, ActingPerson acting, GetTask get, HttpContext context, CancellationToken cancellationToken)
    {
        TaskDetail? detail = await get.ExecuteAsync(id, cancellationToken);
        Person? person = await acting.FindAsync(caller, cancellationToken);
        bool mayRead = detail is not null && (WatchesAll(caller) || (person is not null && TaskDecision.MayRead(detail.Task, person)));
        if (!mayRead)
            return Refusal.NotFound("task", id);
        Precondition.Tell(context, $"{detail!.Task.Revision}");
        return TypedResults.Ok(detail);
    }

    private static async Task<IResult> CompleteAsync(
        Guid id, JsonBody<CompleteRequest> body, CurrentPerson caller, ActingPerson acting, PrepareTaskAnswer prepare, FlowsEngine engine, RepeatedRequests repeated, DatabaseClock clock,
        HttpContext context)
    {
        TextRules.Require("outcome", body.Value.Outcome, 200);
        if (await acting.FindAsync(caller, context.RequestAborted) is not { } person)
            return acting.NobodyBehind(caller);
        if (await repeated.ReplayAsync(body.Key, refusedBy: null, context) is { } earlier)
            return earlier;
        TaskAnswer answer = new(id, body.Value.Outcome!, body.Value.Comment, body.Value.Answers) { Actor = caller.Caller };
        PreparedTaskAnswer prepared = await prepare.ExecuteAsync(answer, person, clock.Now, context.RequestAborted);
        // Closed perhaps by this very request, sent once before: its answer was committed with it, after the look above.
        if (prepared.Stimulus is null || prepared.Rider is null)
            return await repeated.ReplayAsync(body.Key, refusedBy: null, context) ?? WhyNot(id, answer, prepared);
        RequestRider rider = RepeatedRequests.RiderFor(body.Key, Done) is { } kept ? RequestRider.All(kept, prepared.Rider) : prepared.Rider;
        StimulusResult result = await engine.Gateway.SubmitAsync(prepared.Stimulus, rider, context.RequestAborted);
        return await repeated.AnswerAsync(body.Key, result, Done, refused => Refusal.Conflict(refused.RefusedBy ?? $"Task '{id}' is closed already; its outcome stands."), context);

        ApiAnswer Done(StimulusResult applied) => ApiAnswer.Of(StatusCodes.Status200OK, new CompletedTask(id, answer.Outcome, InstanceActs.Summary(applied.Instance!)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReassignAsync(
        Guid id, JsonBody<ReassignRequest> body, CurrentPerson caller, ActingPerson acting, GetTask get, ListStaff listStaff, ReassignTask reassign, Precondition precondition,
        HttpContext context, CancellationToken cancellationToken)
    {
        ReassignRequest request = body.Value;
        if ((request.PersonId is null) == (request.Role is null))
            return Refusal.BadRequest("Exactly one of 'personId' and 'role' must be given: to whom the task goes.");
        if (request.Role is not null && !StaffRoles.IsKnown(request.Role))
            return Refusal.BadRequest($"'role' is '{request.Role}'. It must be one of {string.Join(", ", StaffRoles.All)}.");
        TaskDetail? detail = await get.ExecuteAsync(id, cancellationToken);
        Person? person = await acting.FindAsync(caller, cancellationToken);
        if (detail is null || (person is null && !caller.May(Policies.ReassignTasks)))
            return Refusal.NotFound("task", id);
        string chain = $"engagement/{detail.Task.EngagementId:D}";
        if (await precondition.WhyNotAsync(context, $"{detail.Task.Revision}", isRequired: true, chain, $"task/{id:D}") is { } refused)
            return refused;
        if (detail.Task.State != TaskState.Open)
            return Refusal.Conflict($"Task '{id}' is closed already. Only open tasks go to others.");
        if (!caller.May(Policies.ReassignTasks) && !TaskDecision.MayReassign(detail.Task, person!))
            return Refusal.NotFound("task", id);
        if (request.PersonId is { } to && !(await listStaff.ExecuteAsync(cancellationToken)).Any(one => one.Id == to && one.IsActive))
            return Refusal.Unprocessable("Unknown person", $"There is no active person '{to}'.");
        if (detail.Engagement.Internal?.Readers is { } readers && (request.PersonId is not { } reader || !readers.Contains(reader)))
            return Refusal.Unprocessable("Not a reader", $"The engagement of task '{id}' is open to its readers alone, and the task goes to one of them or to nobody.");
        return await reassign.ExecuteAsync(id, new TaskHolder(request.PersonId, request.Role), caller.Caller, now: null, cancellationToken, detail.Task.Revision)
            ? TypedResults.NoContent()
            : await precondition.ChangedAsync(context, "", chain, $"task/{id:D}");
    }

    private static bool WatchesAll(CurrentPerson caller) => caller.May(Policies.WatchTasks);

    private static ProblemHttpResult WhyNot(Guid id, TaskAnswer answer, PreparedTaskAnswer prepared) => prepared.Verdict switch
    {
        null or TaskVerdict.NotYours => Refusal.NotFound("task", id),
        TaskVerdict.AlreadyClosed => Refusal.Conflict($"Task '{id}' is closed already; its outcome stands."),
        TaskVerdict.OwnRequest => Refusal.Forbidden("Nobody decides about his own request. Somebody else must."),
        TaskVerdict.AlreadyHeard => Refusal.Forbidden("You answered another task of the same approval; each voice counts once. Somebody else must answer this one."),
        TaskVerdict.OutdatedVersion => Refusal.Conflict($"The document that task '{id}' is about has a newer version, or is frozen. Decide about the newest version."),
        TaskVerdict.UnknownOutcome => Refusal.Unprocessable("Unknown outcome", $"Task '{id}' has no outcome '{answer.Outcome}'. It has {string.Join(", ", prepared.Task!.Outcomes)}."),
        TaskVerdict.CommentMissing => Refusal.Unprocessable("Comment missing", $"The outcome '{answer.Outcome}' needs a comment that says why."),
        TaskVerdict.CommentFaulty => Refusal.Unprocessable("Comment faulty", "The comment is too long or holds characters that cannot be stored."),
        TaskVerdict.Allowed => Refusal.Unprocessable("Answers faulty", "The form's answers cannot be taken as they are.", "faults", prepared.Faults),
        _ => throw new InvalidOperationException($"EngagementFlows bug: verdict '{prepared.Verdict}' has no answer."),
    };
}

/// <summary>An outcome for a task.</summary>
internal sealed record CompleteRequest
{
    /// <summary>Gets the outcome; must be one of the task's.</summary>
    public string? Outcome { get; init; }

    /// <summary>Gets a comment; some outcomes need one.</summary>
    public string? Comment { get; init; }

    /// <summary>Gets the answers of the task's form by question.</summary>
    public PlainObject? Answers { get; init; }
}

/// <summary>A new holder for a task: a person or a role.</summary>
internal sealed record ReassignRequest
{
    /// <summary>Gets the person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Gets the role.</summary>
    public string? Role { get; init; }
}

/// <param name="Id">The task.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Instance">The instance that waited for it, as it stands now.</param>
internal sealed record CompletedTask(Guid Id, string Outcome, InstanceSummary Instance);
