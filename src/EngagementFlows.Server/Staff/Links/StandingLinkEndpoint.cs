using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>Takes a standing link back by the hand of a member of staff.</summary>
internal static class StandingLinkEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.StandingLink + "/{id:guid}/revoke", RevokeAsync).RequireAuthorization(Policies.ManageLinks).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> RevokeAsync(
        Guid id, HttpContext context, [FromServices] RevokeStandingLink revoke, [FromServices] ReadStandingLinks links, Notices notices, Reader reader, [FromForm] string? reason,
        CancellationToken cancellationToken)
    {
        string back = await links.FindAsync(id, cancellationToken) is { } line ? StaffUrls.StandingLinks(line.Link.EngagementId) : StaffUrls.Clients;
        if (PageInput.Text(reason, 2000) is not { } why)
        {
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
            return Site.To(back);
        }

        bool isDone = await revoke.ExecuteAsync(id, CurrentPerson.Of(context.User).Caller, why, now: null, cancellationToken);
        notices.Tell(context, reader.Say(isDone ? StandingLinkTexts.RevokedNow : StandingLinkTexts.TooLate), isFault: !isDone);
        return Site.To(back);
    }
}
