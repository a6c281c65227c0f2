using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Webhooks;

namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>What somebody typed about a webhook, to make one or to change it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where facts go.</param>
/// <param name="Kinds">Which facts, each once.</param>
public sealed record WebhookInput(string Name, string Url, IReadOnlyList<string> Kinds)
{
    private const int LongestUrl = 2_000;

    public static WebhookInput Empty { get; } = new("", "", []);

    public static WebhookInput Of(Webhook webhook) => new(webhook.Name, webhook.Url, webhook.Kinds);

    public static WebhookInput Of(IFormCollection fields) => new(
        fields["name"].ToString().Trim(), fields["url"].ToString().Trim(), [.. fields["kinds"].OfType<string>().Distinct(StringComparer.Ordinal)]);

    /// <summary>Returns what differs from the webhook as it is; <see langword="null"/> if nothing does.</summary>
    public WebhookChange? ChangeOf(Webhook webhook)
    {
        WebhookChange change = new(
            Name == webhook.Name ? null : Name,
            Url == webhook.Url ? null : Url,
            Kinds.ToHashSet(StringComparer.Ordinal).SetEquals(webhook.Kinds) ? null : Kinds);
        return change is { Name: null, Url: null, Kinds: null } ? null : change;
    }

    /// <summary>Says what is wrong with it; <see langword="null"/> if nothing is.</summary>
    internal string? FaultIn(WebhookDesk desk, Reader reader)
    {
        if (Name.Length == 0 || TextRule.FaultOfLine(Name, TextRule.NameLength) is not null)
            return reader.Say(WebhookTexts.NameFaulty);
        if (Url.Length is 0 or > LongestUrl)
            return reader.Say(WebhookTexts.UrlFaulty);
        if (desk.WhyNot(Url) is { } why)
            return reader.Say(WebhookTexts.UrlRefused, why);
        return Kinds.Count == 0 || Kinds.Any(kind => !WebhookKinds.All.Contains(kind)) ? reader.Say(WebhookTexts.NoKind) : null;
    }
}
