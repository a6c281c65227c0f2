using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Engine.Definitions;

/// <summary>A place in a published definition from which a fact from outside starts an instance.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="DefinitionVersionId">The published version.</param>
/// <param name="ActivityId">The trigger activity.</param>
/// <param name="Name">The kind: <c>Elsa.Event</c>, <c>Elsa.HttpEndpoint</c>, <c>Elsa.Timer</c>, <c>Elsa.Cron</c>, <c>Elsa.StartAt</c>.</param>
/// <param name="Key">What a fact must match: the event's name, <c>GET path</c>; for schedules the interval (<c>c</c> format), the cron text or the instant (<c>O</c> format).</param>
/// <param name="Activation">Whether a further instance may start; answered by the store when the trigger fires.</param>
public sealed record Trigger(string DefinitionId, string DefinitionVersionId, string ActivityId, string Name, string Key, ActivationStrategy Activation)
{
    /// <summary>Gets what happens to scheduled instants that were missed.</summary>
    public CatchUpPolicy CatchUp { get; init; }
}
