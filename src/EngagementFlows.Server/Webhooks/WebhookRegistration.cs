using EngagementFlows.Postgres.Hooks;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Registers what other systems are told, and what they tell us.</summary>
internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options.Outbound);
        services.AddSingleton<SealedSecrets>();
        services.AddSingleton<FindWebhook>();
        services.AddSingleton<ListWebhooks>();
        services.AddSingleton<ListWebhookDeliveries>();
        services.AddSingleton<ListHooks>();
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<HookDesk>();
        services.AddSingleton<IEffectSender, WebhookSender>();
        return services;
    }
}
