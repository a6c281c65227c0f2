using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Instances of older versions, and whether they could go on in a newer one.</summary>
internal static class MigrationApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/definitions/versions/{versionId}/migration").WithTags("Definitions");
        group.MapGet("", PreviewAsync).WithSummary("Shows where instances of other versions stand, and which could go on in this version as they are.");
        group.MapPost("", MoveAsync).RequireAuthorization(Policies.OperateInstances)
            .WithSummary("Moves instances to this version, each in a transaction of its own; those that cannot go on there as they are stay.")
            .Produces<MigrationAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Results<Ok<MigrationReport>, ProblemHttpResult>> PreviewAsync(string versionId, CurrentPerson caller, MigrationDesk desk, CancellationToken cancellationToken) =>
        await desk.PreviewAsync(versionId, caller.Viewer, cancellationToken) is { } preview ? TypedResults.Ok(MigrationReport.Of(preview)) : Refusal.NotFound("definition version", versionId);

    private static async Task<IResult> MoveAsync(
        string versionId, JsonBody<MigrationRequest> body, CurrentPerson caller, MigrationDesk desk, FlowsDatabase database, Confidentiality confidentiality, CancellationToken cancellationToken)
    {
        MigrationRequest request = body.Value;
        if (request.Ids is not { Count: > 0 and <= Paging.MaxLimit } ids)
            throw new BadHttpRequestException($"'ids' has {request.Ids?.Count ?? 0} members. It must have 1 to {Paging.MaxLimit}.");
        TextRules.Require("reason", request.Reason, 1_000);
        if (await desk.PreviewAsync(versionId, caller.Viewer, cancellationToken) is null)
            return Refusal.NotFound("definition version", versionId);
        IReadOnlyList<Guid> closed = await confidentiality.ClosedAsync(caller, ids, cancellationToken);
        List<MigrationItem> items = [];
        foreach (Guid id in ids.Distinct())
        {
            WorkflowInstance? instance = closed.Contains(id) ? null : await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken);
            StimulusResult? result = instance is null ? null : await desk.MoveAsync(instance, versionId, request.Reason, caller, key: null, cancellationToken);
            items.Add(result is { Kind: TransitionKind.Applied, RefusedBy: null }
                ? new(id, IsMoved: true, null)
                : new(id, IsMoved: false, result is null ? "There is no such instance." : result.Message ?? result.RefusedBy));
        }

        return TypedResults.Ok(new MigrationAnswer(items.Count(item => item.IsMoved), items));
    }
}

/// <summary>Which instances are to be moved.</summary>
internal sealed record MigrationRequest
{
    /// <summary>Gets the instances; must be given.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>Gets why; must be given.</summary>
    public string? Reason { get; init; }
}

/// <param name="VersionId">The version.</param>
/// <param name="IsPublished">Whether it is published; only then instances can be moved to it.</param>
/// <param name="CanMove">How many of the instances could.</param>
/// <param name="Stay">How many could not.</param>
/// <param name="HasMore">Whether there are more instances than were judged; move these first.</param>
/// <param name="Instances">The living instances on other versions, the oldest first.</param>
internal sealed record MigrationReport(string VersionId, bool IsPublished, int CanMove, int Stay, bool HasMore, IReadOnlyList<MigratingInstance> Instances)
{
    public static MigrationReport Of(MigrationPreview preview)
    {
        int possible = preview.Instances.Count(candidate => candidate.Decision.IsPossible);
        return new(preview.Target.Id, preview.Target.IsPublished, possible, preview.Instances.Count - possible, preview.HasMore, [.. preview.Instances.Select(MigratingInstance.Of)]);
    }
}

/// <param name="Id">The instance.</param>
/// <param name="Version">The version on which it runs.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="CorrelationId">Its business key, or null.</param>
/// <param name="StandsAt">The activities at which it waits, or failed.</param>
/// <param name="CanMove">Whether it could go on in the version as it is.</param>
/// <param name="Obstacles">Why not.</param>
/// <param name="ChangedWaits">Activities that wait and that the version sets otherwise: the wait goes on as it was begun.</param>
internal sealed record MigratingInstance(
    Guid Id, int Version, string? Name, string? CorrelationId, IReadOnlyList<string> StandsAt, bool CanMove, IReadOnlyList<string> Obstacles, IReadOnlyList<string> ChangedWaits)
{
    public static MigratingInstance Of(MigrationCandidate candidate) => new(
        candidate.Instance.Id, candidate.Instance.Version, candidate.Instance.Name, candidate.Instance.CorrelationId, candidate.StandsAt, candidate.Decision.IsPossible,
        [.. candidate.Decision.Obstacles.Select(obstacle => obstacle.ToString())], candidate.Decision.ChangedWaits);
}

/// <param name="Moved">How many were moved.</param>
/// <param name="Items">Each instance with its result.</param>
internal sealed record MigrationAnswer(int Moved, IReadOnlyList<MigrationItem> Items);

/// <param name="Id">The instance.</param>
/// <param name="IsMoved">Whether it was moved.</param>
/// <param name="Detail">Why not, or null.</param>
internal sealed record MigrationItem(Guid Id, bool IsMoved, string? Detail);
