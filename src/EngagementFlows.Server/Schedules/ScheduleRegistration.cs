using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Schedules;

/// <summary>Registers recurring schedules and their clock.</summary>
internal static class ScheduleRegistration
{
    public static IServiceCollection AddSchedules(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<ListSchedules>();
        services.AddSingleton<ListFirings>();
        services.AddSingleton(provider => provider.GetRequiredService<FlowsEngine>().Signals);
        services.AddSingleton(provider => new ScheduleFirer(
            provider.GetRequiredService<FlowsDatabase>().Queries,
            provider.GetRequiredService<DatabaseClock>(),
            provider.GetRequiredService<CommitSignals>(),
            options.Firm.Zone,
            new InboxOptions().LateAfter,
            provider.GetRequiredService<ILogger<ScheduleFirer>>()));
        services.AddSingleton(provider => new ScheduleLoop(
            provider.GetRequiredService<ScheduleFirer>(), provider.GetRequiredService<DatabaseClock>(), provider.GetRequiredService<CommitSignals>(), provider.GetRequiredService<ILogger<ScheduleLoop>>()));
        services.AddSingleton<ScheduleWake>(provider => provider.GetRequiredService<CommitSignals>().SchedulesChanged);
        services.AddSingleton<QuartzAlarms>();
        services.AddSingleton<ScheduleDesk>();
        services.AddHostedService<AlarmWorker>();
        return services;
    }
}
