using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Shows what is inside an instance: what it waits for, what failed, what went in and came out.</summary>
internal sealed class InstanceInside(FlowsDatabase database, LiveCatalogue catalogue)
{
    private const int MostIncidents = 200;

    /// <summary>Reads the state; the version must be in the catalogue.</summary>
    public InstanceView View(WorkflowInstance instance) => InstanceView.Of(catalogue.Current, instance);

    /// <summary>Returns the instance as the Studio reads it; without a definition, with nothing inside.</summary>
    public async Task<StudioInstance> ShowAsync(WorkflowInstance instance, WorkflowDefinition? definition, Guid? viewer, CancellationToken cancellationToken)
    {
        InstanceView? view = definition is null ? null : View(instance);
        DrawnActivities? drawn = definition is null ? null : new DrawnActivities(definition, catalogue.Current);
        Page<IncidentSummary> incidents = await ListIncidents.ExecuteAsync(
            database.Queries, instance.Id, onlyOpen: false, definitionId: null, after: null, MostIncidents, cancellationToken, viewer);
        string id = instance.Id.ToString("D");
        string status = InstanceStates.Status(instance.FinishedAt);
        string subStatus = InstanceStates.SubStatus(instance.Status, instance.IsStalled);
        return new StudioInstance
        {
            Id = id,
            DefinitionId = instance.DefinitionId,
            DefinitionVersionId = instance.DefinitionVersionId,
            Version = instance.Version,
            Status = status,
            SubStatus = subStatus,
            CorrelationId = instance.CorrelationId,
            Name = instance.Name,
            IncidentCount = instance.OpenIncidents,
            CreatedAt = instance.CreatedAt,
            UpdatedAt = instance.UpdatedAt,
            FinishedAt = instance.FinishedAt,
            WorkflowState = new StudioWorkflowState
            {
                Id = id,
                DefinitionId = instance.DefinitionId,
                DefinitionVersionId = instance.DefinitionVersionId,
                DefinitionVersion = instance.Version,
                Status = status,
                SubStatus = subStatus,
                CorrelationId = instance.CorrelationId,
                Bookmarks = Bookmarks(instance.Id, view),
                // What was mended is the journal's.
                Incidents = [.. incidents.Items.Where(incident => incident.Resolution is null or "cancelled").Reverse().Select(incident => Incident(incident, drawn))],
                Input = Named(view?.Inputs, definition?.Inputs.Select(input => input.Name)),
                Output = Named(view?.Outputs, definition?.Outputs.Select(output => output.Name)),
                CreatedAt = instance.CreatedAt,
                UpdatedAt = instance.UpdatedAt,
                FinishedAt = instance.FinishedAt,
            },
        };
    }

    private static List<StudioBookmark> Bookmarks(Guid instance, InstanceView? view)
    {
        List<StudioBookmark> bookmarks = [];
        // From the outside in: the place of an execution is that of its enclosing one and its own id.
        List<string> path = [DrawnActivity.WorkflowNodeId];
        foreach (ExecutionView execution in view?.Executions ?? [])
        {
            path.RemoveRange(execution.Depth + 1, path.Count - execution.Depth - 1);
            path.Add($"{path[^1]}:{execution.ActivityId}");
            foreach (Bookmark wait in execution.Bookmarks)
            {
                bookmarks.Add(new StudioBookmark(
                    wait.Id.ToString("N"), wait.Name, wait.Key ?? "", wait.Payload is null ? null : new PlainData(wait.Payload), wait.ActivityId, path[^1],
                    new ExecutionId(instance, wait.ExecutionId).ToString(), wait.DueAt));
            }
        }

        return bookmarks;
    }

    private static StudioIncident Incident(IncidentSummary incident, DrawnActivities? drawn)
    {
        string activity = incident.ActivityId ?? DrawnActivity.WorkflowNodeId;
        string node = drawn?.Find(activity, incident.ActivityType) is [{ } first, ..] ? first.NodeId : $"{DrawnActivity.WorkflowNodeId}:{activity}";
        string? where = incident.Expression is null ? null : $"{incident.Expression}{(incident.Line > 0 ? $"\n(line {incident.Line})" : "")}{(incident.Value is null ? "" : $"\n{incident.Value}")}";
        return new(
            activity, incident.ActivityId is null ? DrawnActivity.WorkflowNodeId : node, incident.ActivityType ?? DrawnActivity.WorkflowType, incident.Message,
            new StudioException("Incident", incident.Innermost, where), incident.OpenedAt);
    }

    // The Studio looks values up by the names of the declarations; ours are found without regard to case.
    private static PlainData Named(PlainObject? values, IEnumerable<string>? declared)
    {
        PlainObject named = new();
        foreach ((string name, object? value) in values ?? new PlainObject())
            named[declared?.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name] = value;
        return new(named);
    }
}
