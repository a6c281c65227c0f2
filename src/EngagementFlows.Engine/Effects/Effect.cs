namespace EngagementFlows.Engine.Effects;

/// <summary>Something that a transition wants done outside the instance; data only, carried out after the commit or written by it.</summary>
/// <remarks>The engine's own effects stand beside this class; a domain derives its own and teaches its store to write them.</remarks>
public abstract record Effect;

/// <summary>An effect that leaves something that must not outlive its instance: when the instance ends, however it ends, <see cref="InstanceEnded"/> follows in the same commit.</summary>
public abstract record LastingEffect : Effect;

/// <summary>Tells the domain that an instance has ended which brought about a <see cref="LastingEffect"/>; told once.</summary>
public sealed record InstanceEnded : Effect;
