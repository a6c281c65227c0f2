namespace EngagementFlows.Scripts.Liquid.Expressions;

/// <summary>The operators between two values.</summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
}
