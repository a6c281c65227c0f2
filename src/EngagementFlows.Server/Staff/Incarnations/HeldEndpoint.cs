using EngagementFlows.Server.Backups;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Incarnations;

/// <summary>Decides about what a restore holds.</summary>
internal static class HeldEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.ReleaseHeld, DecideAsync).RequireAuthorization(Policies.OperateInstances).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> DecideAsync(
        HttpContext context, HeldDesk desk, Notices notices, Reader reader, [FromForm] HeldForm form, CancellationToken cancellationToken)
    {
        HeldDecision decision = form.Act switch
        {
            "mark-sent" => HeldDecision.MarkSent,
            "facts" => HeldDecision.ReleaseFacts,
            _ => HeldDecision.Send,
        };
        long count = await desk.DecideAsync(decision, form.Id is { } id ? [id] : null, CurrentPerson.Of(context.User).Email, cancellationToken);
        if (count == 0)
            notices.Tell(context, reader.Say(HeldTexts.NothingDone), isFault: true);
        else
            notices.Tell(context, reader.Say(HeldTexts.Done, count));
        return Site.To(StaffUrls.Held);
    }
}

/// <summary>What the forms of the page post.</summary>
internal sealed class HeldForm
{
    public string? Act { get; init; }

    public Guid? Id { get; init; }
}
