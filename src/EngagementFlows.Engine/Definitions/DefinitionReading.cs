namespace EngagementFlows.Engine.Definitions;

/// <summary>What reading a definition came to.</summary>
/// <param name="Definition">The definition, or <see langword="null"/> if it was refused.</param>
/// <param name="Refusals">Why it was refused; empty if it was not.</param>
public sealed record DefinitionReading(WorkflowDefinition? Definition, IReadOnlyList<DefinitionFault> Refusals);
