using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>The milestones of an engagement: what was planned and what came of it, and that one was reached.</summary>
internal static class MilestonesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/engagements/{id:guid}/milestones").WithTags("Milestones");
        group.MapGet("", ListAsync).WithSummary("Lists the milestones of an engagement by their planned dates, withdrawn ones too.").ProducesProblem(400);
        group.MapPost("/{milestone:guid}/reached", ReachAsync).RequireAuthorization(Policies.ReachMilestones)
            .WithSummary("Says that a milestone was reached, on a date that does not lie ahead. Twice is the same as once; another date for one that is reached is refused.")
            .Produces<MilestoneLine>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<Results<Ok<ListPage<MilestoneLine>>, ProblemHttpResult>> ListAsync(
        Guid id, ListMilestones list, GetEngagement engagements, ServerOptions options, DatabaseClock clock, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (await engagements.ExecuteAsync(id, cancellationToken) is null)
            return Refusal.NotFound("engagement", id);
        DateOnly today = Today(options, clock);
        IReadOnlyList<Milestone> all = await list.ExecuteAsync([id], cancellationToken);
        Milestone[] rest = [.. after is null ? all : all.SkipWhile(one => one.Id.ToString("D") != after).Skip(1)];
        int most = Paging.Limit(limit);
        return TypedResults.Ok(new ListPage<MilestoneLine>([.. rest.Take(most).Select(one => MilestoneLine.Of(one, today))], rest.Length > most ? rest[most - 1].Id.ToString("D") : null));
    }

    private static async Task<IResult> ReachAsync(
        Guid id, Guid milestone, JsonBody<ReachRequest> body, CurrentPerson caller, ActingPerson acting, ReachMilestone reach, ServerOptions options, DatabaseClock clock, CancellationToken cancellationToken)
    {
        Person? person = await acting.FindAsync(caller, cancellationToken);
        return await reach.ExecuteAsync(id, milestone, body.Value.On, person?.Id, caller.Caller, person?.Name ?? caller.Name, clock.Now, cancellationToken) switch
        {
            MilestoneMark.Reached reached => TypedResults.Ok(MilestoneLine.Of(reached.Milestone, Today(options, clock))),
            MilestoneMark.Otherwise otherwise => Refusal.Conflict($"Milestone '{milestone}' was reached on {otherwise.On:yyyy-MM-dd} already, and that stays."),
            MilestoneMark.Gone => Refusal.Conflict($"Milestone '{milestone}' cannot be reached any more: a later plan has dropped it, or its client was erased."),
            MilestoneMark.Ahead ahead => Refusal.Unprocessable("Date ahead", $"'on' is {body.Value.On:yyyy-MM-dd}, which lies ahead: in the firm's zone it is {ahead.Today:yyyy-MM-dd}. Send the date on which it was reached."),
            _ => Refusal.NotFound("milestone", milestone),
        };
    }

    private static DateOnly Today(ServerOptions options, DatabaseClock clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.Now, options.Firm.Zone).DateTime);
}

/// <summary>The date on which a milestone was reached.</summary>
internal sealed record ReachRequest
{
    /// <summary>Gets the date; left out, this day in the firm's zone.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>A milestone as it stands this day.</summary>
/// <param name="Id">The milestone.</param>
/// <param name="Name">What it is called.</param>
/// <param name="FirstPlannedOn">The date of the first plan that had it.</param>
/// <param name="PlannedOn">The date by the latest plan; of a reached one, by the plan that held then.</param>
/// <param name="ReachedOn">When it was reached, or null.</param>
/// <param name="ReachedBy">Who said so, or null.</param>
/// <param name="Standing">How it stands this day, in the firm's zone.</param>
/// <param name="DocumentVersionId">The version of the plan, or null.</param>
internal sealed record MilestoneLine(
    Guid Id, string Name, DateOnly FirstPlannedOn, DateOnly PlannedOn, DateOnly? ReachedOn, string? ReachedBy, MilestoneStanding Standing, Guid? DocumentVersionId)
{
    public static MilestoneLine Of(Milestone one, DateOnly today) =>
        new(one.Id, one.Name, one.FirstPlannedOn, one.PlannedOn, one.ReachedOn, one.ReachedBy, one.StandingOn(today), one.DocumentVersionId);
}
