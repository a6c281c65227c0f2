namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>A field as a person reads it.</summary>
/// <param name="Path">Its path in the JSON, the key of the comparison.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Value">Its value as text; never empty.</param>
internal sealed record ShownField(string Path, LocalizedText Name, string Value);
