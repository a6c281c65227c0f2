using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Server.Definitions;

/// <summary>Checks that the links which clients keep lead to flows that there are. Pure.</summary>
internal static class StandingLinkTargets
{
    /// <summary>Returns a warning for each link to a flow that is not published: flows may be published in any order, but until then the client's link leads nowhere.</summary>
    public static IEnumerable<DefinitionFault> FaultsOf(WorkflowDefinition definition, DefinitionCatalogue catalogue)
    {
        foreach (ActivityNode node in definition.Root.SelfAndDescendants().Where(node => node.Activity is OfferStandingLink))
        {
            // A name that is only known when the flow runs is checked then.
            if (node.Input("definition")?.Expression is not { Kind: ExpressionKind.Literal, Value: string written } || written.Trim() is not { Length: > 0 } target)
                continue;
            if (target == definition.DefinitionId || catalogue.Published(target) is not null)
                continue;
            yield return new(
                FaultSeverity.Warning,
                node.Id,
                "definition",
                $"The activity {node} offers the client a link that starts the flow '{target}', and no flow of that id is published. Publish it before this one runs, or correct the id.")
            {
                Chinese = $"活动{node}向客户提供启动流程“{target}”的链接，但该标识的流程尚未发布。请在本流程运行前发布它，或更正标识。",
            };
        }
    }
}
