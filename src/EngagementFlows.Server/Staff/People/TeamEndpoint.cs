using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Personnel;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.People;

/// <summary>Opens a team, from the list of people.</summary>
internal static class TeamEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(StaffUrls.Teams, OpenAsync).RequireAuthorization(Policies.ManagePeople).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> OpenAsync(
        HttpContext context, TeamDesk desk, Notices notices, Reader reader, [FromForm] string? title, [FromForm] Guid? owner, [FromForm] Guid? architect, CancellationToken cancellationToken)
    {
        string name = (title ?? "").Trim();
        Team? team = name.Length > 0 && TextRule.FaultOfLine(name, TextRule.NameLength) is null && owner is { } person
            ? await desk.OpenAsync(name, person, architect, CurrentPerson.Of(context.User), (_, _) => Task.CompletedTask, cancellationToken)
            : null;
        notices.Tell(context, reader.Say(team is null ? TeamTexts.Faulty : TeamTexts.Opened), isFault: team is null);
        return Site.To(team is null ? StaffUrls.People : StaffUrls.Engagement(team.ClientId, team.EngagementId));
    }
}
