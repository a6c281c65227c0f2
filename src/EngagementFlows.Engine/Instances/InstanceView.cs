using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>What is inside a stored instance, for people to read.</summary>
/// <param name="Variables">The workflow's own variables by name.</param>
/// <param name="Inputs">The workflow inputs by name.</param>
/// <param name="Outputs">The workflow outputs by name.</param>
/// <param name="Executions">The unfinished activity executions, from the outside in.</param>
public sealed record InstanceView(PlainObject Variables, PlainObject Inputs, PlainObject Outputs, IReadOnlyList<ExecutionView> Executions)
{
    /// <summary>Gets what finished activities left, by activity id, as far as scripts still find it; of an id that occurs in several containers the outermost.</summary>
    public IReadOnlyDictionary<string, PlainObject> ActivityOutputs { get; init; } = new Dictionary<string, PlainObject>();

    /// <summary>Reads an instance.</summary>
    /// <param name="catalogue">The definitions; must hold the version of the instance.</param>
    /// <param name="instance">The instance.</param>
    /// <exception cref="InvalidOperationException">The catalogue lacks that version.</exception>
    public static InstanceView Of(DefinitionCatalogue catalogue, WorkflowInstance instance)
    {
        WorkflowDefinition definition = catalogue.Version(instance.DefinitionVersionId)
            ?? throw new InvalidOperationException($"The definition version '{instance.DefinitionVersionId}' of instance '{instance.Id}' is not in the catalogue. Load it before reading the instance.");
        InstanceRun run = InstanceRun.ForStored(new Burst(catalogue, catalogue.Settings, instance.UpdatedAt), definition, instance);
        PlainObject variables = new();
        foreach (VariableSlot slot in run.Root.Variables ?? [])
        {
            if (slot.Origin == SlotOrigin.Declared && !variables.ContainsKey(slot.Name))
                variables[slot.Name] = slot.Value;
        }

        List<ExecutionView> executions = [];
        foreach (ActivityExecution child in run.Root.Children)
            Collect(child, 0, executions);
        Dictionary<string, PlainObject> activityOutputs = new(StringComparer.Ordinal);
        CollectOutputs(run.Root, activityOutputs);
        return new(variables, run.Input, run.Outputs, executions) { ActivityOutputs = activityOutputs };
    }

    private static void CollectOutputs(ActivityExecution execution, Dictionary<string, PlainObject> outputs)
    {
        foreach ((string activityId, PlainObject values) in execution.ChildOutputs ?? [])
            outputs.TryAdd(activityId, values);
        foreach (ActivityExecution child in execution.Children)
            CollectOutputs(child, outputs);
    }

    private static void Collect(ActivityExecution execution, int depth, List<ExecutionView> executions)
    {
        executions.Add(new(execution.Node.Id, execution.Node.TypeName, execution.ExecutionId, depth, execution.Status.ToString(), execution.IncidentId, [.. execution.Bookmarks ?? []]));
        foreach (ActivityExecution child in execution.Children)
            Collect(child, depth + 1, executions);
    }
}

/// <summary>An unfinished activity execution.</summary>
/// <param name="ActivityId">The activity in the definition.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Depth">How deep it lies; 0 = the root activity.</param>
/// <param name="Status"><c>Running</c> or <c>Faulted</c>.</param>
/// <param name="IncidentId">Its open incident, or <see langword="null"/>.</param>
/// <param name="Bookmarks">What it waits for.</param>
public sealed record ExecutionView(
    string ActivityId, string ActivityType, Guid ExecutionId, int Depth, string Status, Guid? IncidentId, IReadOnlyList<Bookmark> Bookmarks);
