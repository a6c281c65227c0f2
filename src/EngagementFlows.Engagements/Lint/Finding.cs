using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Makes the findings of the rules.</summary>
internal static class Finding
{
    /// <summary>Returns what keeps a flow from being published.</summary>
    public static DefinitionFault Blocks(string rule, ActivityNode? node, string? field, LocalizedText text) => Of(FaultSeverity.Fault, rule, node, field, text);

    /// <summary>Returns what is worth a look.</summary>
    public static DefinitionFault Warns(string rule, ActivityNode? node, string? field, LocalizedText text) => Of(FaultSeverity.Warning, rule, node, field, text);

    private static DefinitionFault Of(FaultSeverity severity, string rule, ActivityNode? node, string? field, LocalizedText text) =>
        new(severity, node?.Id, field, text.En) { MessageZh = text.ZhCn, Rule = rule };
}
