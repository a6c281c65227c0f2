using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Makes a webhook and shows its secret, once.</summary>
public sealed partial class NewWebhookPage
{
    private const int LongestUrl = 2_000;

    private string _name = "";
    private string _url = "";
    private IReadOnlyCollection<string> _kinds = [];
    private string? _fault;
    private string? _secret;
    private Guid _id;

    [Inject]
    private WebhookDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private async Task MakeAsync()
    {
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _name = fields["name"].ToString().Trim();
        _url = fields["url"].ToString().Trim();
        _kinds = [.. fields["kinds"].OfType<string>().Distinct(StringComparer.Ordinal)];
        _fault = Fault();
        if (_fault is null)
            (_id, _secret) = await Desk.AddAsync(_name, _url, [.. _kinds], CurrentPerson.Of(Context.User).Caller, Context.RequestAborted);
    }

    private string? Fault()
    {
        if (_name.Length == 0 || TextRule.FaultOfLine(_name, TextRule.NameLength) is not null)
            return Reader.Say(WebhookTexts.NameFaulty);
        if (_url.Length is 0 or > LongestUrl)
            return Reader.Say(WebhookTexts.UrlFaulty);
        if (Desk.WhyNot(_url) is { } why)
            return Reader.Say(WebhookTexts.UrlRefused, why);
        return _kinds.Count == 0 || _kinds.Any(kind => !WebhookKinds.All.Contains(kind)) ? Reader.Say(WebhookTexts.NoKind) : null;
    }
}
