using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>What an administrator does with a webhook in the console.</summary>
internal static class WebhookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Webhooks + "/{id:guid}/act", ActAsync).RequireAuthorization(Policies.ManageWebhooks).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> ActAsync(
        Guid id, HttpContext context, WebhookDesk desk, Notices notices, Reader reader, [FromForm] WebhookForm form, CancellationToken cancellationToken)
    {
        string by = CurrentPerson.Of(context.User).Caller;
        bool isDone = form.Act switch
        {
            "pause" => await desk.ChangeAsync(id, form.Revision, new WebhookChange(State: Webhook.Paused), by, cancellationToken),
            "resume" => await desk.ChangeAsync(id, form.Revision, new WebhookChange(State: Webhook.Active), by, cancellationToken),
            "redeliver" when form.Delivery is { } delivery => await desk.RedeliverAsync(id, delivery, by, cancellationToken),
            "test" => await desk.TestAsync(id, by, cancellationToken) is not null,
            _ => false,
        };
        notices.Tell(context, reader.Say(isDone ? WebhookTexts.Done : WebhookTexts.Gone), isFault: !isDone);
        return TypedResults.LocalRedirect(StaffUrls.Webhook(id));
    }
}

/// <summary>What the forms of the page post.</summary>
internal sealed class WebhookForm
{
    public string? Act { get; init; }

    public long? Revision { get; init; }

    public Guid? Delivery { get; init; }
}
