using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Makes the findings of the rules.</summary>
internal static class Finding
{
    /// <summary>Returns what keeps a flow from being published.</summary>
    public static DefinitionFault Blocks(string rule, ActivityNode? node, string? field, FaultText text) => Of(FaultSeverity.Fault, rule, node, field, text);

    /// <summary>Returns what is worth a look.</summary>
    public static DefinitionFault Warns(string rule, ActivityNode? node, string? field, FaultText text) => Of(FaultSeverity.Warning, rule, node, field, text);

    private static DefinitionFault Of(FaultSeverity severity, string rule, ActivityNode? node, string? field, FaultText text) =>
        new(severity, node?.Id, field, text.En) { Chinese = text.ZhCn, Rule = rule };
}

/// <summary>What is found, in both languages of the product.</summary>
/// <param name="En">English.</param>
/// <param name="ZhCn">Simplified Chinese.</param>
internal sealed record FaultText(FaultSentence En, FaultSentence ZhCn);
