using System.Globalization;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Milestones;

/// <summary>Staff mark a milestone as reached, on the client's page.</summary>
internal static class MilestoneEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Clients + "/{id:guid}/milestones/{milestone:guid}/reached", ReachAsync)
            .RequireAuthorization(Policies.ReachMilestones).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> ReachAsync(
        Guid id, Guid milestone, HttpContext context, [FromServices] ReachMilestone reach, [FromServices] DatabaseClock clock, Notices notices, Reader reader, [FromForm] Guid engagement, [FromForm] string? on,
        CancellationToken cancellationToken)
    {
        RedirectHttpResult back = Site.To(StaffUrls.Client(id));
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            notices.Tell(context, reader.Say(StaffMilestoneTexts.NoDate), isFault: true);
            return back;
        }

        CurrentPerson person = CurrentPerson.Of(context.User);
        MilestoneMark mark = await reach.ExecuteAsync(engagement, milestone, date, person.Id, person.Caller, person.Name, clock.Now, cancellationToken);
        notices.Tell(
            context,
            mark switch
            {
                MilestoneMark.Reached { IsNew: true } => reader.Say(StaffMilestoneTexts.Marked),
                MilestoneMark.Reached => reader.Say(StaffMilestoneTexts.MarkedBefore),
                MilestoneMark.Otherwise otherwise => reader.Say(StaffMilestoneTexts.Otherwise, reader.Date(otherwise.On)),
                MilestoneMark.Ahead => reader.Say(StaffMilestoneTexts.Ahead),
                _ => reader.Say(StaffMilestoneTexts.Gone),
            },
            isFault: mark is not MilestoneMark.Reached);
        return back;
    }
}
