namespace EngagementFlows.Server.Staff.Webhooks;

/// <summary>Shows one webhook with what was sent to it.</summary>
public sealed partial class WebhookPage;
