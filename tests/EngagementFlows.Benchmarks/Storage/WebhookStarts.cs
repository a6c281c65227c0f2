using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Webhooks;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>starts-webhook</c>: starts while one webhook wants to be told of each, beside <c>starts-unheard</c>, the same starts before it was made. Nothing is sent.</summary>
internal sealed class WebhookStarts(BenchDatabase database) : Benchmark
{
    private const int Callers = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    public override IReadOnlyList<string> Names => ["starts-webhook", "starts-unheard"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        await using BenchEngine engine = await database.StartEngineAsync(cancellationToken, Definitions.OrderJson);
        await StartsAsync(engine, WarmUp, cancellationToken);
        Rate unheard = await database.BesideFloorAsync(() => StartsAsync(engine, Measured, cancellationToken), cancellationToken);
        await ListenAsync(engine, cancellationToken);
        try
        {
            await StartsAsync(engine, WarmUp, cancellationToken);
            Rate told = await database.BesideFloorAsync(() => StartsAsync(engine, Measured, cancellationToken), cancellationToken);
            return [new("starts-webhook", told.PerSecond, "starts/s", told.Ratio), new("starts-unheard", unheard.PerSecond, "starts/s", unheard.Ratio)];
        }
        finally
        {
            await using NpgsqlCommand forget = engine.Database.Queries.CreateCommand("truncate webhook cascade");
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task ListenAsync(BenchEngine engine, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = await engine.Database.Queries.OpenConnectionAsync(cancellationToken))
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await AddWebhook.ExecuteAsync(
                transaction, TimeOrderedId.Create(engine.Clock.Now), "Benchmark", "https://other.example", [WebhookKinds.InstanceStarted], "secret", "benchmark", engine.Clock.Now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await engine.Engine.WebhooksChangedAsync(cancellationToken);
    }

    private static Task<double> StartsAsync(BenchEngine engine, TimeSpan time, CancellationToken cancellationToken) =>
        Storage.Callers.PerSecondAsync(Callers, TimeSpan.Zero, time, _ => engine.StartAsync(Definitions.Order, "starts", null, cancellationToken), cancellationToken);
}
