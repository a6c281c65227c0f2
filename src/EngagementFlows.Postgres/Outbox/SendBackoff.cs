namespace EngagementFlows.Postgres.Outbox;

/// <summary>How long an effect that was surely not taken rests before the next attempt. Pure.</summary>
public static class SendBackoff
{
    /// <summary>The attempts after which it counts as rejected: about three days.</summary>
    public const int MostAttempts = 15;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>Returns the rest after an attempt, from 1: <paramref name="first"/>, doubled each time, at most 8 hours; <see langword="null"/> when it is given up.</summary>
    public static TimeSpan? After(int attempt, TimeSpan first) => attempt >= MostAttempts
        ? null
        : TimeSpan.FromSeconds(Math.Min(first.TotalSeconds * Math.Pow(2, attempt - 1), Longest.TotalSeconds));
}
