namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>A name with literal members, and where it stands.</summary>
internal sealed record UnitPath(IReadOnlyList<string> Members, int Position);
