using EngagementFlows.Engagements.Lint;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Server.Definitions;

/// <summary>Everything that is checked about a definition, in one list: what the engine finds, how forms are used, where links lead, and the rules for flows that face clients. Pure.</summary>
internal static class DefinitionChecks
{
    /// <summary>Returns what was found; all but warnings blocks publication.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="catalogue">The definitions and activity types around it.</param>
    /// <param name="assets">The mails, forms and files of its process; <see langword="null"/> if they are not known.</param>
    public static IReadOnlyList<DefinitionFault> Of(WorkflowDefinition definition, DefinitionCatalogue catalogue, IReadOnlyDictionary<string, byte[]>? assets)
    {
        IReadOnlyList<DefinitionFault> found = [.. DefinitionValidator.Validate(definition, catalogue), .. StandingLinkTargets.FaultsOf(definition, catalogue)];
        return FlowLint.Judge(definition, assets is null ? found : [.. found, .. ProcessForms.FaultsOf(definition, assets)], assets);
    }
}
