using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Definitions.Migration;

/// <summary>Moves the instances that a person has chosen, each by itself.</summary>
internal static class MigrationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Definitions + "/{versionId}/migration", MoveAsync).RequireAuthorization(Policies.OperateInstances).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> MoveAsync(
        string versionId, [FromForm] Guid[]? ids, [FromForm] string? reason, HttpContext context, [FromServices] MigrationDesk desk, [FromServices] FlowsDatabase database, [FromServices] Confidentiality confidentiality,
        Notices notices, Reader reader)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        if (PageInput.Text(reason, 1_000) is not { } why || ids is not { Length: > 0 and <= MigrationDesk.Most } || await desk.PreviewAsync(versionId, person.Viewer, context.RequestAborted) is null)
        {
            notices.Tell(context, reader.Say(MigrationTexts.NothingChosen), isFault: true);
            return Site.To(StaffUrls.Migration(versionId));
        }

        IReadOnlyList<Guid> closed = await confidentiality.ClosedAsync(person, ids, context.RequestAborted);
        int moved = 0;
        foreach (Guid id in ids.Distinct().Except(closed))
        {
            if (await GetInstance.ExecuteAsync(database.Queries, id, context.RequestAborted) is { } instance
                && await desk.MoveAsync(instance, versionId, why, person, key: null, context.RequestAborted) is { Kind: TransitionKind.Applied, RefusedBy: null })
                moved++;
        }

        bool all = moved == ids.Distinct().Count();
        notices.Tell(context, all ? reader.Say(MigrationTexts.Moved, moved) : reader.Say(MigrationTexts.MovedSome, moved, ids.Distinct().Count()), isFault: !all);
        return Site.To(StaffUrls.Migration(versionId));
    }
}
