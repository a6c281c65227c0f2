using EngagementFlows.Postgres.Telemetry;

namespace EngagementFlows.Server.Telemetry;

/// <summary>Registers what tells about this process.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddEngagementFlowsTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ReadQueues>();
        services.AddSingleton<QueueGauges>();
        services.AddSingleton<PrometheusMeasurements>();
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
