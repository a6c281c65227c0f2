using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Staff.Keys;

/// <summary>Ends a key for ever.</summary>
internal static class ApiKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.ApiKeys + "/{id:guid}/revoke", RevokeAsync).RequireAuthorization(Policies.ManageKeys).ExcludeFromDescription();

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> RevokeAsync(
        Guid id, HttpContext context, KeyDesk keys, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken)
    {
        string? name = await keys.RevokeAsync(id, CurrentPerson.Of(context.User).Caller, cancellationToken);
        notices.Tell(context, name is null ? reader.Say(KeyTexts.AlreadyDead) : reader.Say(KeyTexts.Revoked, name), isFault: name is null);
        return Site.To(StaffUrls.ApiKeys);
    }
}
