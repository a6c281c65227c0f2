using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Promises;

/// <summary>Starts a clock. When the instance ends while it runs, it is closed in the same commit.</summary>
/// <param name="Clock">The clock, running.</param>
public sealed record ClockStarted(Clock Clock) : LastingEffect;

/// <summary>Stops a clock; one that does not run any more stays as it is.</summary>
/// <param name="Clock">The clock, stopped.</param>
public sealed record ClockStopped(Clock Clock) : Effect;
