using EngagementFlows.Postgres.Outbox;

namespace EngagementFlows.Server.Hosting;

/// <summary>Carries effects out for as long as the server runs; an attempt that has begun is carried to its end.</summary>
internal sealed class OutboxWorker(OutboxDispatcher dispatcher) : BackgroundService
{
    // The truth if a wake-up is lost; wake-ups make it quick.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await dispatcher.RunAsync(Poll, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The ordered end.
        }
    }
}
