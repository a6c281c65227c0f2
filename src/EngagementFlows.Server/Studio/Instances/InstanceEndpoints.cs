using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Instances as the Studio lists and watches them.</summary>
internal static class InstanceEndpoints
{
    /// <summary>The header that says that a total is an estimate.</summary>
    public const string TotalHeader = "X-EngagementFlows-Total";

    private const int DefaultSize = 10;
    private const int LargestSize = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", ListAsync);
        api.MapGet("/workflow-instances/{id:guid}", GetAsync);
        api.MapGet("/workflow-instances/{id:guid}/execution-state", GetStateAsync);
        api.MapGet("/workflow-instances/{id:guid}/variables", ListVariablesAsync);
        ExecutionEndpoints.Map(api);
        InstanceActEndpoints.Map(api);
        InstanceFileEndpoints.Map(api);
    }

    /// <summary>Returns an instance with what is inside; <see langword="null"/> if there is none.</summary>
    public static async Task<StudioInstance?> ReadAsync(Guid id, Guid? viewer, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is not { } instance)
            return null;
        WorkflowDefinition? definition = await histories.DefinitionAsync(instance.DefinitionVersionId, cancellationToken);
        return await inside.ShowAsync(instance, definition, viewer, cancellationToken);
    }

    private static async Task<IResult> ListAsync(InstanceBody<ListInstancesRequest> body, CurrentPerson caller, FlowsDatabase database, HttpResponse response, CancellationToken cancellationToken)
    {
        ListInstancesRequest request = body.Value;
        if (InstanceFilters.Of(request, caller.Viewer) is not { } sought)
            return StudioJson.Answer(new StudioPage<StudioInstanceSummary>([], 0));
        int size = Math.Clamp(request.PageSize ?? DefaultSize, 1, LargestSize);
        long skip = (long)Math.Max(0, request.Page ?? 0) * size;
        // Without a wish the newest stand first.
        bool isDescending = !"Ascending".Equals(request.OrderDirection, StringComparison.OrdinalIgnoreCase);
        InstanceCount count = await CountInstancesSought.ExecuteAsync(database.Queries, sought, cancellationToken);
        IReadOnlyList<InstanceSummary> found = skip >= count.Number && !count.IsEstimate
            ? []
            : await ListInstancesByPage.ExecuteAsync(database.Queries, sought, Order(request.OrderBy), isDescending, skip, size, cancellationToken);
        response.Headers[TotalHeader] = count.IsEstimate ? "estimated" : "exact";
        return StudioJson.Answer(new StudioPage<StudioInstanceSummary>([.. found.Select(InstanceStates.Summary)], count.Number) { IsEstimated = count.IsEstimate });
    }

    private static async Task<IResult> GetAsync(Guid id, CurrentPerson caller, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken) =>
        await ReadAsync(id, caller.Viewer, database, histories, inside, cancellationToken) is { } instance ? StudioJson.Answer(instance) : TypedResults.NotFound();

    private static async Task<IResult> GetStateAsync(Guid id, FlowsDatabase database, CancellationToken cancellationToken) =>
        await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is { } instance
            ? StudioJson.Answer(new StudioExecutionState(InstanceStates.Status(instance.FinishedAt), InstanceStates.SubStatus(instance.Status, instance.IsStalled), instance.UpdatedAt))
            : TypedResults.NotFound();

    private static async Task<IResult> ListVariablesAsync(Guid id, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken)
    {
        if (await GetInstance.ExecuteAsync(database.Queries, id, cancellationToken) is not { } instance)
            return TypedResults.NotFound();
        WorkflowDefinition? definition = await histories.DefinitionAsync(instance.DefinitionVersionId, cancellationToken);
        if (definition is null)
            return StudioJson.Answer(StudioList<StudioVariable>.Of([]));
        InstanceView view = inside.View(instance);
        return StudioJson.Answer(StudioList<StudioVariable>.Of([.. definition.Variables.Select(variable => new StudioVariable(variable.Id, variable.Name, Text(view.Variables[variable.Name])))]));
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => PlainJson.Write(value),
    };

    private static InstanceOrder Order(string? orderBy) => orderBy?.ToUpperInvariant() switch
    {
        "LASTEXECUTED" or "UPDATED" => InstanceOrder.Updated,
        "FINISHED" => InstanceOrder.Finished,
        "NAME" => InstanceOrder.Name,
        _ => InstanceOrder.Created,
    };
}
