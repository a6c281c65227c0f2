using EngagementFlows.Postgres.Invariants;
using Npgsql;

namespace EngagementFlows.Server.Staff.Home;

/// <summary>The sum of violated invariants, counted at most twice a minute however many people look at the first page.</summary>
internal sealed class InvariantCount(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1);
    private (long Violations, DateTimeOffset At)? _counted;

    /// <summary>Returns the sum and the instant at which it was counted; warnings are not part of it.</summary>
    public async Task<(long Violations, DateTimeOffset At)> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_counted is { } known && time.GetUtcNow() - known.At < FreshFor)
                return known;
            IReadOnlyList<InvariantResult> results = await InvariantChecks.CountAsync(database, cancellationToken);
            (long, DateTimeOffset) counted = (results.Where(result => !result.Invariant.IsWarning).Sum(result => result.Violations), time.GetUtcNow());
            _counted = counted;
            return counted;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
