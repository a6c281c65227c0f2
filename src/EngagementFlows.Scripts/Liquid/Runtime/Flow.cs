namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>How rendering goes on after a node.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
