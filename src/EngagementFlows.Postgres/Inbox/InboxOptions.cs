namespace EngagementFlows.Postgres.Inbox;

/// <summary>How due facts are served.</summary>
public sealed record InboxOptions
{
    /// <summary>Gets how many late facts are released in a second, by all processes together.</summary>
    /// <value>Key <c>EngagementFlows:Timers:CatchUpPerSecond</c>; default 2,000; 1 to 100,000.</value>
    public int CatchUpPerSecond { get; init; } = 2_000;

    /// <summary>Gets the lateness from which a fact counts as late.</summary>
    /// <value>Default 60 seconds.</value>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how many facts are committed together.</summary>
    /// <value>Default 256.</value>
    public int GroupLimit { get; init; } = 256;

    /// <summary>Gets how many workers of this process serve at once.</summary>
    /// <value>Default 2.</value>
    public int Workers { get; init; } = 2;

    /// <summary>Returns the pause before the next try of a fact that failed so often, or <see langword="null"/> when it is to be parked.</summary>
    public TimeSpan? NextTry(int failures) => failures switch
    {
        1 => TimeSpan.FromSeconds(1),
        2 => TimeSpan.FromSeconds(10),
        3 => TimeSpan.FromMinutes(1),
        _ => null,
    };
}
