using EngagementFlows.Engine;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>What people do with a schedule on its page.</summary>
internal static class ScheduleEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Schedules + "/{id:guid}/act", ActAsync).RequireAuthorization(Policies.ManageSchedules).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> ActAsync(
        Guid id, HttpContext context, ScheduleDesk desk, Notices notices, Reader reader, [FromForm] ScheduleActForm form, CancellationToken cancellationToken)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        string by = person.Caller;
        // As the person saw it: who pauses or removes something that has changed since looks again.
        RecurringSchedule? seen = await desk.FindAsync(id, cancellationToken) is { } found && (form.Act == "run" || found.Revision == form.Revision) ? found : null;
        if (form.Act is "run" or "resume" && seen is not null && !await desk.MayRunAsync(seen, person, cancellationToken))
        {
            notices.Tell(context, reader.Say(ScheduleTexts.Closed), isFault: true);
            return Site.To(StaffUrls.Schedule(id));
        }

        bool isDone = false;
        switch (form.Act)
        {
            case "run" when seen is not null:
                await desk.RunNowAsync(seen, by, (_, _) => Task.CompletedTask, cancellationToken);
                isDone = true;
                break;
            case "pause" or "resume" when seen is not null:
                isDone = await desk.SetPausedAsync(seen, form.Act == "pause", by, cancellationToken);
                break;
            case "remove" when seen is not null:
                isDone = await desk.RemoveAsync(seen, by, cancellationToken);
                break;
            default:
                break;
        }

        LocalizedText said = !isDone ? ScheduleTexts.Gone : form.Act switch { "run" => ScheduleTexts.Ran, "remove" => ScheduleTexts.Removed, _ => ScheduleTexts.Done };
        notices.Tell(context, reader.Say(said), isFault: !isDone);
        return Site.To(isDone && form.Act == "remove" ? StaffUrls.Schedules : StaffUrls.Schedule(id));
    }
}

/// <summary>What the forms of the page post.</summary>
internal sealed class ScheduleActForm
{
    public string? Act { get; init; }

    public long? Revision { get; init; }
}
