using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>A case that was played, for whoever looks around in it.</summary>
/// <param name="Host">The host as it stands after the last stimulus.</param>
/// <param name="Definition">The definition under test.</param>
/// <param name="Problem">Why the last stimulus came to nothing, or <see langword="null"/>.</param>
public sealed record PlayedCase(RehearsalHost Host, WorkflowDefinition Definition, string? Problem);
