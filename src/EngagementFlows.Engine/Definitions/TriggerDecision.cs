using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Decides whether a trigger may start a further instance.</summary>
public static class TriggerDecision
{
    /// <summary>Tells whether a trigger may start, given the instances there are; asked for triggers only, not for starts by hand or by other workflows.</summary>
    /// <param name="trigger">The trigger that fired.</param>
    /// <param name="correlationId">The correlation id that the new instance would get.</param>
    /// <param name="instances">The instances; those that are over do not count.</param>
    public static bool MayStart(Trigger trigger, string? correlationId, IEnumerable<WorkflowInstance> instances)
    {
        if (trigger.Activation == ActivationStrategy.Always)
            return true;
        foreach (WorkflowInstance instance in instances)
        {
            if (instance.Status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted)
                continue;
            bool isSame = string.Equals(instance.DefinitionId, trigger.DefinitionId, StringComparison.Ordinal);
            bool isCorrelated = string.Equals(instance.CorrelationId, correlationId, StringComparison.Ordinal);
            bool hinders = trigger.Activation switch
            {
                ActivationStrategy.Singleton => isSame,
                ActivationStrategy.CorrelatedSingleton => isSame && isCorrelated,
                _ => isCorrelated && correlationId is not null,
            };
            if (hinders)
                return false;
        }

        return true;
    }
}
