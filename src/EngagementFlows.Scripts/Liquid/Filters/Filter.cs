using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>What a filter does with the value in front of it.</summary>
internal delegate object? FilterBody(object? input, FilterArguments arguments, RenderState state);

/// <summary>A filter.</summary>
/// <param name="Body">What it does.</param>
/// <param name="Least">The fewest arguments that it can work with.</param>
/// <param name="Most">The most arguments that it knows.</param>
/// <param name="AsksForNothing">Whether it gives missing names a meaning.</param>
internal sealed record Filter(FilterBody Body, int Least = 0, int Most = 0, bool AsksForNothing = false);
