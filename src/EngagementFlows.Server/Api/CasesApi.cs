using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Server.Cases;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Questions and complaints of clients.</summary>
internal static class CasesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/cases").WithTags("Cases");
        group.MapGet("", ListAsync).WithSummary("Lists cases with what is promised about them, the latest first; hasLesson shows only those from which something was learned.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a case with its clocks, its history and who of the staff was told.");
        api.MapPost("/engagements/{id:guid}/cases", RaiseAsync).WithTags("Cases").RequireAuthorization(Policies.StartInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Raises a complaint for an engagement: starts the flow complaint-escalation, which registers it and names an owner.")
            .Produces<RaisedCase>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<Results<Ok<ListPage<CaseLine>>, ProblemHttpResult>> ListAsync(
        CurrentPerson caller, ReadCases cases, string? state, string? kind, string? @class, Guid? ownerId, Guid? engagementId, Guid? clientId, bool? hasLesson, string? after, int? limit,
        CancellationToken cancellationToken)
    {
        CaseState? wanted = state switch
        {
            null => null,
            "open" => CaseState.Open,
            "closed" => CaseState.Closed,
            _ => throw new BadHttpRequestException($"'state' is '{state}'. It must be one of open, closed."),
        };
        Known("kind", kind, CaseKinds.All);
        Known("class", @class, CaseClasses.All);
        return TypedResults.Ok(await cases.ListAsync(
            new(wanted, kind, @class, ownerId, engagementId, clientId, hasLesson == true) { Viewer = caller.Viewer }, after, Paging.Limit(limit), cancellationToken));
    }

    private static async Task<Results<Ok<CaseDetail>, ProblemHttpResult>> GetAsync(Guid id, CurrentPerson caller, ReadCases cases, ListClocks clocks, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(id, cancellationToken) is not { } line)
            return Refusal.NotFound("case", id);
        ListPage<ClockLine> running = await clocks.ExecuteAsync(new(InstanceId: line.Case.InstanceId) { Viewer = caller.Viewer }, after: null, Paging.MaxLimit, cancellationToken);
        return TypedResults.Ok(new CaseDetail(
            line, [.. running.Items.Select(one => one.Clock)], await cases.HistoryAsync(id, cancellationToken), await cases.NotifiedAsync(id, cancellationToken)));
    }

    private static async Task<IResult> RaiseAsync(
        Guid id, JsonBody<ComplaintRequest> body, GetEngagement engagements, ComplaintDesk desk, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        ComplaintRequest request = body.Value;
        request.Check();
        if (await engagements.ExecuteAsync(id, context.RequestAborted) is not { } engagement)
            return Refusal.NotFound("engagement", id);
        if (engagement.Client.ErasedAt is not null)
            return Refusal.Conflict($"The client of engagement '{id}' was erased. Nothing runs for him any more.");
        StimulusResult result = await desk.RaiseAsync(engagement, request.ToTold(), body.Key, caller, context.RequestAborted);
        return await repeated.AnswerAsync(body.Key, result, ComplaintDesk.Answer, NotRaised, context);
    }

    private static IResult NotRaised(StimulusResult result) => result.Kind == TransitionKind.Ignored
        ? Refusal.Conflict(result.Message ?? "The flow of complaints allows no further instance at the moment.")
        : Refusal.Unprocessable("Not raised", result.Message ?? result.RefusedBy ?? "The flow of complaints could not be started.");

    private static void Known(string name, string? value, IReadOnlyList<string> all)
    {
        if (value is not null && !all.Contains(value, StringComparer.Ordinal))
            throw new BadHttpRequestException($"'{name}' is '{value}'. It must be one of {string.Join(", ", all)}.");
    }
}

/// <summary>A complaint.</summary>
internal sealed record ComplaintRequest
{
    /// <summary>Gets what it is about, in a line; must be given.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets what was told.</summary>
    public string? Description { get; init; }

    /// <summary>Gets how soon it must be answered: <c>urgent</c>, <c>high</c> or <c>normal</c>; left out = <c>normal</c>.</summary>
    public string? Class { get; init; }

    /// <summary>Gets who told it; left out = the engagement's contact.</summary>
    public string? RaisedBy { get; init; }

    /// <exception cref="BadHttpRequestException">A member is missing, too long, or not one of those that are known.</exception>
    public void Check()
    {
        TextRules.Require("subject", Subject, ComplaintFlow.SubjectLength);
        TextRules.Limit("description", Description, ComplaintFlow.DescriptionLength);
        TextRules.Limit("raisedBy", RaisedBy, TextRule.NameLength);
        if (Class is not null && !CaseClasses.All.Contains(Class, StringComparer.Ordinal))
            throw new BadHttpRequestException($"'class' is '{Class}'. It must be one of {string.Join(", ", CaseClasses.All)}.");
        foreach ((string name, string? text, int longest) in new[] { ("subject", Subject, ComplaintFlow.SubjectLength), ("raisedBy", RaisedBy, TextRule.NameLength) })
        {
            if (text is not null && TextRule.FaultOfLine(text, longest) is { } fault)
                throw new BadHttpRequestException($"'{name}' cannot be used: {fault}.");
        }

        if (Description is not null && TextRule.FaultOfText(Description, ComplaintFlow.DescriptionLength) is { } wrong)
            throw new BadHttpRequestException($"'description' cannot be used: {wrong}.");
    }

    public ComplaintTold ToTold() => new(
        Subject!.Trim(), string.IsNullOrWhiteSpace(Description) ? null : Description, Class ?? CaseClasses.Normal, string.IsNullOrWhiteSpace(RaisedBy) ? null : RaisedBy.Trim());
}

/// <param name="Case">The case.</param>
/// <param name="Clocks">The clocks of its flow, the latest first.</param>
/// <param name="History">What happened, the oldest first.</param>
/// <param name="Notified">Who of the staff was told by mail, the earliest first.</param>
internal sealed record CaseDetail(CaseLine Case, IReadOnlyList<Engagements.Promises.Clock> Clocks, IReadOnlyList<CaseEvent> History, IReadOnlyList<CaseNotified> Notified);
