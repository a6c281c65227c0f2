using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Personnel;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Api;

/// <summary>Teams: engagements of the firm with itself that everybody of the firm sees.</summary>
internal static class TeamsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/teams", OpenAsync).WithTags("People").RequireAuthorization(Policies.ManagePeople).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Opens a team: an engagement of the firm with itself, for meetings and tasks that are no client's. Everybody of the firm sees it.")
            .Produces<OpenedTeam>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(422);

    private static async Task<IResult> OpenAsync(JsonBody<TeamRequest> body, CurrentPerson caller, TeamDesk desk, RepeatedRequests repeated, HttpContext context)
    {
        TeamRequest request = body.Value;
        TextRules.Require("title", request.Title, TextRule.NameLength);
        if (TextRule.FaultOfLine(request.Title!.Trim(), TextRule.NameLength) is { } fault)
            return Refusal.BadRequest($"'title' cannot be used: {fault}.");
        if (request.Owner is not { } owner)
            return Refusal.BadRequest("'owner' is missing. It must be the id of an active member of staff.");
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            ApiAnswer? answer = null;
            Team? team = await desk.OpenAsync(
                request.Title.Trim(), owner, request.Architect, caller,
                (transaction, id) => keeper.KeepAsync(transaction, answer = ApiAnswer.Of(StatusCodes.Status201Created, new OpenedTeam(id))),
                context.RequestAborted);
            return team is null
                ? Refusal.Unprocessable("Unknown person", "'owner' and 'architect' must be ids of active members of staff. GET /api/people lists them.")
                : answer!;
        });
    }
}

/// <summary>A team to open.</summary>
internal sealed record TeamRequest
{
    /// <summary>Gets what it is called, a line; must be given.</summary>
    public string? Title { get; init; }

    /// <summary>Gets who answers for it and arranges its meetings; must be given.</summary>
    public Guid? Owner { get; init; }

    /// <summary>Gets who is asked besides.</summary>
    public Guid? Architect { get; init; }
}

/// <param name="EngagementId">The team's engagement: the correlation id of flows that run for it.</param>
internal sealed record OpenedTeam(Guid EngagementId);
