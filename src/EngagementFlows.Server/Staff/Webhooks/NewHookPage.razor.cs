using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Makes a hook and shows its address and secret, the secret once.</summary>
public sealed partial class NewHookPage
{
    private string _name = "";
    private string _event = "";
    private string _path = "";
    private string? _fault;
    private string? _secret;

    [Inject]
    private HookDesk Desk { get; set; } = null!;

    [Inject]
    private PublicAddresses Addresses { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private string Url => $"{Addresses.ForClients}{HookEndpoint.Path}/{_name}";

    private async Task MakeAsync()
    {
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _name = fields["name"].ToString().Trim();
        _event = fields["event"].ToString().Trim();
        _path = fields["path"].ToString().Trim();
        string given = fields["secret"].ToString().Trim();
        string? secret = HookRules.SecretOf(given.Length == 0 ? null : given);
        _fault = Fault(secret);
        if (_fault is not null)
            return;
        if (await Desk.AddAsync(_name, _event, _path.Length == 0 ? null : _path, secret!, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted))
            _secret = secret;
        else
            _fault = Reader.Say(WebhookTexts.HookNameTaken);
    }

    private string? Fault(string? secret)
    {
        if (!HookRules.IsName(_name))
            return Reader.Say(WebhookTexts.HookNameFaulty);
        if (_event.Length == 0 || TextRule.FaultOfLine(_event, HookRules.LongestEventName) is not null)
            return Reader.Say(WebhookTexts.EventFaulty);
        if (_path.Length > 0 && !CorrelationPath.IsPath(_path))
            return Reader.Say(WebhookTexts.PathFaulty);
        return secret is null ? Reader.Say(WebhookTexts.SecretFaulty) : null;
    }
}
