using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>What staff do with a client's link: take it back, send a new one.</summary>
internal static class LinkActsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder link = routes.MapGroup(StaffUrls.Links + "/{id:guid}").RequireAuthorization(Policies.ManageLinks).ExcludeFromDescription();
        link.MapPost("/revoke", RevokeAsync);
        link.MapPost("/send-anew", SendAnewAsync);
    }

    private static async Task<RedirectHttpResult> RevokeAsync(
        Guid id, HttpContext context, [FromServices] RevokeLink revoke, Notices notices, Reader reader, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        if (PageInput.Text(reason, 2000) is not { } why)
        {
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
            return Site.To(StaffUrls.Link(id));
        }

        bool isDone = await revoke.ExecuteAsync(id, CurrentPerson.Of(context.User).Caller, why, now: null, cancellationToken);
        notices.Tell(context, reader.Say(isDone ? StaffLinkTexts.RevokedNow : StaffLinkTexts.TooLate), isFault: !isDone);
        return Site.To(StaffUrls.Link(id));
    }

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> SendAnewAsync(
        Guid id, HttpContext context, [FromServices] SendLinkAnew send, [FromServices] ReadLinks links, Notices notices, Reader reader, [FromServices] DatabaseClock clock, IFormCollection _,
        CancellationToken cancellationToken)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        if (await send.ExecuteAsync(id, person.Caller, person.Name, clock.Now, cancellationToken) is not { } anew)
        {
            notices.Tell(context, reader.Say(StaffLinkTexts.TooLate), isFault: true);
            return Site.To(StaffUrls.Link(id));
        }

        LinkLine? sent = await links.FindAsync(anew, cancellationToken);
        notices.Tell(context, reader.Say(StaffLinkTexts.SentNow, sent?.ContactEmail));
        return Site.To(StaffUrls.Link(anew));
    }
}
