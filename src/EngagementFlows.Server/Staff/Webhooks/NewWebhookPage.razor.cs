using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Makes a webhook and shows its secret, once.</summary>
public sealed partial class NewWebhookPage
{
    private WebhookInput _input = WebhookInput.Empty;
    private string? _fault;
    private string? _secret;
    private Guid _id;

    [Inject]
    private WebhookDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private async Task MakeAsync()
    {
        _input = WebhookInput.Of(await Context.Request.ReadFormAsync(Context.RequestAborted));
        _fault = _input.FaultIn(Desk, Reader);
        if (_fault is null)
            (_id, _secret) = await Desk.AddAsync(_input.Name, _input.Url, _input.Kinds, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted);
    }
}
