using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Tells which facts for webhooks a change of an instance holds. Pure.</summary>
public static class CommitFacts
{
    /// <summary>Returns the facts of a change.</summary>
    public static IEnumerable<WebhookFact> Of(InstanceChange change)
    {
        WorkflowInstance instance = change.Instance;
        if (change.ExpectedRevision == 0)
            yield return Of(WebhookKinds.InstanceStarted, instance);
        if (KindOfEnd(instance.Status) is { } end)
            yield return Of(end, instance);
        foreach (Incident incident in change.IncidentsOpened)
        {
            yield return new(
                WebhookKinds.IncidentOpened, incident.Id,
                [new("incidentId", incident.Id), new("instanceId", instance.Id), new("definitionId", instance.DefinitionId), new("activityId", incident.ActivityId)]);
        }

        foreach (Effect effect in change.Effects)
        {
            if (effect is TaskOpened task)
            {
                yield return new(
                    WebhookKinds.TaskCreated, task.TaskId,
                    [new("taskId", task.TaskId), new("instanceId", instance.Id), new("definitionId", instance.DefinitionId), new("engagementId", task.EngagementId)]);
            }
        }
    }

    private static WebhookFact Of(string kind, WorkflowInstance instance) => new(
        kind, instance.Id,
        [
            new("instanceId", instance.Id), new("definitionId", instance.DefinitionId), new("version", (long)instance.Version),
            new("correlationId", instance.CorrelationId), new("parentInstanceId", instance.ParentInstanceId),
        ]);

    private static string? KindOfEnd(InstanceStatus status) => status switch
    {
        InstanceStatus.Finished => WebhookKinds.InstanceFinished,
        InstanceStatus.Faulted => WebhookKinds.InstanceFaulted,
        InstanceStatus.Cancelled => WebhookKinds.InstanceCancelled,
        _ => null,
    };
}
