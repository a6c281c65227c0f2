namespace EngagementFlows.Scripts.Liquid;

/// <summary>A name that a template reads from its surroundings, with the members that follow it literally.</summary>
/// <param name="Members">The top-level name, then the names of members: <c>client</c>, <c>contact</c>, <c>name</c>.</param>
/// <param name="Line">Line in the source, from 1.</param>
/// <param name="Column">Column in the source, from 1.</param>
public sealed record LiquidPath(IReadOnlyList<string> Members, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join('.', Members);
}
