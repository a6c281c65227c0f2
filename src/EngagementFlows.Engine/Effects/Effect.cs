namespace EngagementFlows.Engine.Effects;

/// <summary>Something that a transition wants done outside the instance; data only, carried out after the commit or written by it.</summary>
/// <remarks>The engine's own effects stand beside this class; a domain derives its own and teaches its store to write them.</remarks>
public abstract record Effect;
