using EngagementFlows.Postgres.Schedules;

namespace EngagementFlows.Server.Schedules;

/// <summary>Keeps the clock of recurring schedules for as long as the server runs, and stops it before the database goes.</summary>
internal sealed class AlarmWorker(ScheduleLoop loop, QuartzAlarms alarms) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await alarms.DisposeAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(alarms.SetAsync, stoppingToken);
}
