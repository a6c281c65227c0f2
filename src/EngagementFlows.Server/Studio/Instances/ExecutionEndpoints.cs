using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>What instances did: the journal, and the executions of activities that it tells of.</summary>
internal static class ExecutionEndpoints
{
    private const int MostLines = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances/{id:guid}/journal", ReadJournalAsync);
        api.MapPost("/activity-executions/report", ReportAsync);
        api.MapGet("/activity-execution-summaries/list", ListSummariesAsync);
        api.MapGet("/activity-executions/list", ListAsync);
        api.MapGet("/activity-executions/by-id", GetAsync);
        api.MapGet("/activity-executions/{id}/call-stack", GetCallStackAsync);
    }

    /// <summary>Returns the badges of the activities that ran, those of <paramref name="nodeIds"/> alone if they are given.</summary>
    public static IReadOnlyList<StudioStat> Stats(InstanceHistory history, IReadOnlyCollection<string>? nodeIds) =>
    [
        .. from run in history.Runs
           where nodeIds is null || nodeIds.Contains(run.NodeId)
           group run by (run.NodeId, run.ActivityId) into runs
           // What was taken back is over, but nothing was done: its badge shall not look like the others'.
           let done = runs.Count(run => run.Status == "Completed")
           select new StudioStat(
               runs.Key.ActivityId, runs.Key.NodeId, runs.Count(), done, runs.Count() - done,
               IsBlocked: runs.Any(run => run.IsWaiting), IsFaulted: runs.Any(run => run.Status == "Faulted"), runs.Sum(run => run.Faults)),
    ];

    private static async Task<IResult> ReadJournalAsync(Guid id, InstanceBody<JournalRequest> body, InstanceHistories histories, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await histories.ReadAsync(id, cancellationToken) is not { } history)
            return TypedResults.NotFound();
        JournalFilter filter = body.Value.Filter ?? new();
        List<StudioJournalRecord> records = [];
        int matching = 0;
        int from = Math.Max(0, skip ?? 0);
        int most = Math.Clamp(take ?? MostLines, 0, MostLines);
        for (int i = 0; i < history.Lines.Count; i++)
        {
            HistoryLine line = history.Lines[i];
            if (!Matches(line, filter))
                continue;
            if (matching >= from && records.Count < most)
                records.Add(Record(id, line, i + 1));
            matching++;
        }

        return StudioJson.Answer(new StudioPage<StudioJournalRecord>(records, matching));
    }

    private static async Task<IResult> ReportAsync(
        InstanceBody<ReportRequest> body, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, CancellationToken cancellationToken) =>
        StudioJson.Answer(new StudioStats(await OpenAsync(body.Value.WorkflowInstanceId, caller, confidentiality, histories, cancellationToken) is { } history
            ? Stats(history, body.Value.ActivityNodeIds is { Count: > 0 } nodes ? [.. nodes] : null)
            : []));

    private static async Task<IResult> ListSummariesAsync(
        string? workflowInstanceId, string? activityNodeId, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, CancellationToken cancellationToken)
    {
        InstanceHistory? history = await OpenAsync(workflowInstanceId, caller, confidentiality, histories, cancellationToken);
        return StudioJson.Answer(StudioList<StudioExecutionSummary>.Of([.. RunsAt(history, activityNodeId).Select(run => Summary(Guid.Parse(workflowInstanceId!), run))]));
    }

    private static async Task<IResult> ListAsync(
        string? workflowInstanceId, string? activityNodeId, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, FlowsDatabase database, InstanceInside inside,
        CancellationToken cancellationToken)
    {
        InstanceHistory? history = await OpenAsync(workflowInstanceId, caller, confidentiality, histories, cancellationToken);
        if (history is null)
            return StudioJson.Answer(StudioList<StudioExecution>.Of([]));
        Guid instance = Guid.Parse(workflowInstanceId!);
        IReadOnlyDictionary<string, PlainObject> outputs = await OutputsAsync(instance, database, histories, inside, cancellationToken);
        return StudioJson.Answer(StudioList<StudioExecution>.Of([.. RunsAt(history, activityNodeId).Select(run => Execution(instance, history, run, outputs))]));
    }

    private static async Task<IResult> GetAsync(
        string? id, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, FlowsDatabase database, InstanceInside inside, CancellationToken cancellationToken)
    {
        if (ExecutionId.Parse(id) is not { } execution || await OpenAsync(execution.Instance.ToString(), caller, confidentiality, histories, cancellationToken) is not { } history
            || history.Find(execution.Execution) is not { } run)
            return TypedResults.NotFound();
        return StudioJson.Answer(Execution(execution.Instance, history, run, await OutputsAsync(execution.Instance, database, histories, inside, cancellationToken)));
    }

    private static async Task<IResult> GetCallStackAsync(
        string id, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, FlowsDatabase database, InstanceInside inside, CancellationToken cancellationToken)
    {
        if (ExecutionId.Parse(id) is not { } execution || await OpenAsync(execution.Instance.ToString(), caller, confidentiality, histories, cancellationToken) is not { } history
            || history.Find(execution.Execution) is null)
            return TypedResults.NotFound();
        IReadOnlyDictionary<string, PlainObject> outputs = await OutputsAsync(execution.Instance, database, histories, inside, cancellationToken);
        List<StudioExecution> stack = [];
        // Whatever led to a run began before it, so this ends.
        for (ActivityRun? run = history.Find(execution.Execution); run is not null; run = run.Cause)
            stack.Insert(0, Execution(execution.Instance, history, run, outputs));
        return StudioJson.Answer(new StudioCallStack(id, stack, stack.Count));
    }

    // An instance that the caller may not see has no history for him.
    private static async Task<InstanceHistory?> OpenAsync(string? instanceId, CurrentPerson caller, Confidentiality confidentiality, InstanceHistories histories, CancellationToken cancellationToken) =>
        Guid.TryParse(instanceId, out Guid id) && await confidentiality.IsOpenAsync(caller, [id], cancellationToken) ? await histories.ReadAsync(id, cancellationToken) : null;

    private static IEnumerable<ActivityRun> RunsAt(InstanceHistory? history, string? nodeId) => history is null ? [] : history.Runs.Where(run => run.NodeId == nodeId);

    private static async Task<IReadOnlyDictionary<string, PlainObject>> OutputsAsync(
        Guid id, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken) =>
        await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is { } instance && await histories.DefinitionAsync(instance.DefinitionVersionId, cancellationToken) is not null
            ? inside.View(instance).ActivityOutputs
            : new Dictionary<string, PlainObject>();

    private static bool Matches(HistoryLine line, JournalFilter filter) =>
        (filter.ActivityIds is not { Count: > 0 } ids || (line.Run is { } run && ids.Contains(run.ActivityId)))
        && (filter.ActivityNodeIds is not { Count: > 0 } nodes || (line.Run is { } at && nodes.Contains(at.NodeId)))
        && (filter.ExcludedActivityTypes is not { Count: > 0 } excluded || !excluded.Contains(line.Run?.ActivityType ?? DrawnActivity.WorkflowType))
        && (filter.EventNames is not { Count: > 0 } events || events.Contains(line.Entry.Event));

    public static StudioJournalRecord Record(Guid instance, HistoryLine line, long sequence)
    {
        ActivityRun? run = line.Run;
        PlainObject payload = new();
        if (line.Entry.Outcomes is { } outcomes)
            payload["Outcomes"] = Outcomes(outcomes);
        else if (line.Entry.Event == "Completed")
            payload["Outcomes"] = Outcomes(null);
        foreach ((string name, object? value) in line.Entry.Data ?? new PlainObject())
            payload[name] = value;
        return new(
            $"{instance:N}-{line.Revision}-{line.Place}",
            instance.ToString("D"),
            run is null ? $"{instance:N}-{Guid.Empty:N}" : new ExecutionId(instance, run.Id).ToString(),
            run?.Parent is { } parent ? new ExecutionId(instance, parent.Id).ToString() : null,
            run?.ActivityId ?? DrawnActivity.WorkflowNodeId,
            run?.ActivityType ?? DrawnActivity.WorkflowType,
            VersionOf(run),
            run?.Activity?.Name ?? run?.ActivityId,
            run?.NodeId ?? DrawnActivity.WorkflowNodeId,
            line.At,
            sequence,
            line.Entry.Event,
            line.Entry.Text,
            payload.Count == 0 ? null : new PlainData(payload));
    }

    private static StudioExecutionSummary Summary(Guid instance, ActivityRun run) => Filled(new StudioExecutionSummary(), instance, run);

    private static StudioExecution Execution(Guid instance, InstanceHistory history, ActivityRun run, IReadOnlyDictionary<string, PlainObject> outputs)
    {
        // Only the last run of an activity has its outputs still.
        bool isLast = history.Runs.Last(other => other.NodeId == run.NodeId) == run;
        return Filled(new StudioExecution(), instance, run) with
        {
            ActivityState = new(Literals(run.Activity?.Node)),
            Payload = run.Status != "Completed" ? PlainData.Nothing : new(new PlainObject { ["Outcomes"] = Outcomes(run.Outcomes) }),
            Outputs = isLast && outputs.TryGetValue(run.ActivityId, out PlainObject? values) ? new(values) : PlainData.Nothing,
        };
    }

    private static T Filled<T>(T empty, Guid instance, ActivityRun run)
        where T : StudioExecutionFields => (T)(empty with
        {
            Id = new ExecutionId(instance, run.Id).ToString(),
            WorkflowInstanceId = instance.ToString("D"),
            ActivityId = run.ActivityId,
            ActivityNodeId = run.NodeId,
            ActivityType = run.ActivityType,
            ActivityTypeVersion = VersionOf(run),
            ActivityName = run.Activity?.Name ?? run.ActivityId,
            Exception = run.Failure is null ? null : new StudioException("Incident", run.Failure),
            StartedAt = run.StartedAt,
            HasBookmarks = run.IsWaiting,
            Status = run.Status,
            AggregateFaultCount = run.Faults,
            CompletedAt = run.EndedAt,
            SchedulingActivityExecutionId = run.Cause is { } cause ? new ExecutionId(instance, cause.Id).ToString() : null,
            SchedulingActivityId = run.Cause?.ActivityId,
        });

    // What scripts yielded is not kept; what stands in the definition is the same at each run.
    private static PlainObject Literals(ActivityNode? node)
    {
        PlainObject values = new();
        foreach (InputBinding input in node?.Inputs ?? [])
        {
            if (input.Expression.Kind is ExpressionKind.Literal)
                values[NameOf(node!, input.Name)] = input.Expression.Value;
        }

        return values;
    }

    private static string NameOf(ActivityNode node, string name) =>
        node.Activity?.Descriptor.Inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? name;

    private static PlainList Outcomes(IReadOnlyList<string>? outcomes)
    {
        PlainList list = [.. outcomes ?? ["Done"]];
        return list;
    }

    private static int VersionOf(ActivityRun? run) => run?.Activity?.Node.TypeVersion is > 0 and var version ? version : 1;
}
