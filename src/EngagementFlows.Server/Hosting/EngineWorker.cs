using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Server.Hosting;

/// <summary>Runs the engine's loops for as long as the server runs; its gateway serves requests to the end.</summary>
internal sealed class EngineWorker(FlowsEngine engine) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.RunAsync(stoppingToken);
}
