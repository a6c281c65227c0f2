using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>What an administrator does with a webhook or a hook in the console.</summary>
internal static class WebhookEndpoint
{
    private const string Removal = "remove";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StaffUrls.Webhooks + "/{id:guid}/act", ActAsync).RequireAuthorization(Policies.ManageWebhooks).ExcludeFromDescription();
        routes.MapPost(StaffUrls.Hooks + "/{name}/act", ActOnHookAsync).RequireAuthorization(Policies.ManageWebhooks).ExcludeFromDescription();
    }

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
            Removal => await desk.RemoveAsync(id, form.Revision, by, cancellationToken),
            _ => false,
        };
        return Answer(context, notices, reader, isDone, form.Act, StaffUrls.Webhook(id));
    }

    private static async Task<RedirectHttpResult> ActOnHookAsync(
        string name, HttpContext context, HookDesk desk, Notices notices, Reader reader, [FromForm] WebhookForm form, CancellationToken cancellationToken)
    {
        string by = CurrentPerson.Of(context.User).Caller;
        bool isDone = HookRules.IsName(name) && form.Act switch
        {
            "pause" => await desk.ChangeAsync(name, form.Revision, new(State: Webhook.Paused), by, cancellationToken),
            "resume" => await desk.ChangeAsync(name, form.Revision, new(State: Webhook.Active), by, cancellationToken),
            Removal => await desk.RemoveAsync(name, form.Revision, by, cancellationToken),
            _ => false,
        };
        return Answer(context, notices, reader, isDone, form.Act, HookRules.IsName(name) ? StaffUrls.Hook(name) : StaffUrls.Webhooks);
    }

    private static RedirectHttpResult Answer(HttpContext context, Notices notices, Reader reader, bool isDone, string? act, string page)
    {
        bool isGone = isDone && act == Removal;
        notices.Tell(context, reader.Say(isGone ? WebhookTexts.Removed : isDone ? WebhookTexts.Done : WebhookTexts.Gone), isFault: !isDone);
        return Site.To(isGone ? StaffUrls.Webhooks : page);
    }
}

/// <summary>What the forms of the pages post.</summary>
internal sealed class WebhookForm
{
    public string? Act { get; init; }

    public long? Revision { get; init; }

    public Guid? Delivery { get; init; }
}
