using System.Globalization;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Changes a webhook's name, address and what it is told, if it still is as it was seen.</summary>
public sealed partial class EditWebhookPage
{
    private Webhook? _webhook;
    private WebhookInput _input = WebhookInput.Empty;
    private long _revision;
    private string? _fault;
    private bool _isRead;

    /// <summary>Gets the webhook.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ListWebhooks Webhooks { get; set; } = null!;

    [Inject]
    private WebhookDesk Desk { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _webhook = (await Webhooks.FindAsync(Id, Context.RequestAborted))?.Webhook;
        _isRead = true;
        if (_webhook is not { } webhook)
            return;
        _input = WebhookInput.Of(webhook);
        _revision = webhook.Revision;
    }

    private async Task ChangeAsync()
    {
        if (_webhook is not { } webhook)
            return;
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _input = WebhookInput.Of(fields);
        // What was seen, not what is there by now: a form without it has seen nothing.
        _revision = long.TryParse(fields["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : 0;
        _fault = _input.FaultIn(Desk, Reader);
        if (_fault is not null)
            return;
        bool isDone = _revision == webhook.Revision
            && (_input.ChangeOf(webhook) is not { } change || await Desk.ChangeAsync(Id, _revision, change, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted));
        Notices.Tell(Context, Reader.Say(isDone ? WebhookTexts.Done : WebhookTexts.Gone), isFault: !isDone);
        Navigation.NavigateTo(Site.Link(StaffUrls.Webhook(Id)));
    }
}
