namespace EngagementFlows.Engine.Instances;

/// <summary>Settings of the host that change how definitions behave; the same for every process on one database.</summary>
public sealed record EngineSettings
{
    /// <summary>Gets the default settings: token mode, strategy continue, strict conversion, UTC.</summary>
    public static EngineSettings Default { get; } = new();

    /// <summary>Gets whether flowcharts without a mode of their own run in counter mode.</summary>
    public bool CounterMode { get; init; }

    /// <summary>Gets whether a failure ends instances whose definition names no incident strategy.</summary>
    public bool FaultOnIncident { get; init; }

    /// <summary>Gets whether text that does not convert faults (strict) or becomes the type's default (lenient).</summary>
    public bool StrictConversion { get; init; } = true;

    /// <summary>Gets the zone of <c>Cron</c> and of local dates in scripts.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets the host's secret from which every instance's secret is derived, so that ids and chance can be replayed but not guessed.</summary>
    /// <value>Comes from the key file; empty in rehearsals.</value>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>Gets the number of activity executions after which a burst is stopped with an incident.</summary>
    /// <value>Default 100,000.</value>
    public int MaxActivitiesPerBurst { get; init; } = 100_000;
}
