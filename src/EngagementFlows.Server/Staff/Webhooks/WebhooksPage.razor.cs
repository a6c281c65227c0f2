namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Lists what other systems are told, and what they tell us.</summary>
public sealed partial class WebhooksPage;
