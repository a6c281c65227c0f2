namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>An object of the language itself, such as <c>forloop</c>.</summary>
internal interface ILiquidFacts
{
    bool TryGet(string name, out object? value);
}
