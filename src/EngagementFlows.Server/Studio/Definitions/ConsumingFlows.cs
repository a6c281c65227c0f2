using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Finds the published flows that use a flow: as an activity, or by starting it. Pure.</summary>
internal static class ConsumingFlows
{
    private const string Started = "workflowDefinitionId";

    /// <summary>Returns the published definitions that use one, in the order of their ids; itself is not among them.</summary>
    public static IReadOnlyList<WorkflowDefinition> Of(string definitionId, DefinitionCatalogue catalogue) =>
    [
        .. catalogue.All
            .Where(user => user.IsPublished && user.DefinitionId != definitionId && user.Root.SelfAndDescendants().Any(node => Uses(node, definitionId, catalogue)))
            .OrderBy(user => user.DefinitionId, StringComparer.Ordinal),
    ];

    /// <summary>Returns them, those that use them, and so on.</summary>
    public static IReadOnlyList<WorkflowDefinition> AllOf(string definitionId, DefinitionCatalogue catalogue)
    {
        Dictionary<string, WorkflowDefinition> found = new(StringComparer.Ordinal);
        Queue<string> left = new([definitionId]);
        while (left.TryDequeue(out string? next))
        {
            foreach (WorkflowDefinition user in Of(next, catalogue))
            {
                if (user.DefinitionId != definitionId && found.TryAdd(user.DefinitionId, user))
                    left.Enqueue(user.DefinitionId);
            }
        }

        return [.. found.Values.OrderBy(user => user.DefinitionId, StringComparer.Ordinal)];
    }

    private static bool Uses(ActivityNode node, string definitionId, DefinitionCatalogue catalogue) =>
        (node.Activity is null && catalogue.AsActivity(node.TypeName, node.TypeVersion)?.DefinitionId == definitionId)
        || node.Input(Started)?.Expression is { Kind: ExpressionKind.Literal, Value: string id } && id == definitionId;
}
