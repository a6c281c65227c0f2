using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>Erases a client by an administrator's hand: with a reason, and with the client's name typed once more.</summary>
internal static class EraseClientEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Clients + "/{id:guid}/erase", EraseAsync).RequireAuthorization(Policies.EraseClients).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> EraseAsync(
        Guid id, HttpContext context, ClientErasureDesk desk, Notices notices, Reader reader, [FromForm] string? reason, [FromForm] string? name, CancellationToken cancellationToken)
    {
        if (PageInput.Text(reason, ClientErasureDesk.MostReason) is not { } why)
        {
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
            return Site.To(StaffUrls.Client(id));
        }

        ClientErasure outcome = await desk.EraseAsync(id, (name ?? "").Trim(), why, CurrentPerson.Of(context.User), cancellationToken);
        notices.Tell(
            context,
            reader.Say(outcome switch
            {
                ClientErasure.Erased => StaffClientTexts.ErasedNow,
                ClientErasure.OtherName => StaffClientTexts.EraseOtherName,
                ClientErasure.ImportUnderWay => StaffClientTexts.EraseImport,
                ClientErasure.StillRunning => StaffClientTexts.EraseRunning,
                _ => StaffClientTexts.EraseNobody,
            }),
            isFault: outcome is not ClientErasure.Erased);
        return Site.To(StaffUrls.Client(id));
    }
}
