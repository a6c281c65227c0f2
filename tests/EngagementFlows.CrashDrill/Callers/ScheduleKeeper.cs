using System.Text.Json;
using Npgsql;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>The administrator who makes the schedules of a round and pauses them at its end.</summary>
internal sealed class ScheduleKeeper(Caller administrator)
{
    /// <summary>The tier of the engagements for each of which the last schedule starts an instance.</summary>
    public const int Tier = 1;

    private const string Path = "/api/schedules";

    // Only a guard: catching up with a long downtime takes a few seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly List<Guid> _made = [];

    /// <summary>Makes them; each makes up for every instant that it misses.</summary>
    /// <exception cref="InvalidOperationException">The server does not make one.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (int seconds in new[] { 1, 2, 3 })
            await MakeAsync($"tick-{seconds}", seconds, forEach: null, cancellationToken);
        await MakeAsync("tick-set", 4, new { tiers = new[] { Tier } }, cancellationToken);
    }

    /// <summary>Waits until no instant is overdue, so that none falls into the pause, and pauses them.</summary>
    public async Task PauseAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        await using NpgsqlCommand behind = dataSource.CreateCommand("select exists (select 1 from recurring_schedule where next_due_at <= now())");
        while ((bool)(await behind.ExecuteScalarAsync(cancellationToken))! && TimeProvider.System.GetElapsedTime(began) < Patience)
            await Task.Delay(Look, cancellationToken);
        foreach (Guid schedule in _made)
            await administrator.ActAsync($"{Path}/{schedule:D}", "pause", cancellationToken);
    }

    private async Task MakeAsync(string name, int seconds, object? forEach, CancellationToken cancellationToken)
    {
        object schedule = new { name, definitionId = "crash-drill-tick", kind = "interval", expression = $"{seconds} seconds", zone = "UTC", misfire = "run_all", overlap = "start", forEach };
        JsonElement? made = await administrator.PostAsync(Path, name, schedule, cancellationToken);
        _made.Add(made?.GetProperty("id").GetGuid() ?? throw new InvalidOperationException($"The drill's schedule '{name}' is not made."));
    }
}
