using System.Text.Json.Nodes;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Parts of a definition that the Studio opens by themselves: the inside of a flow that is used as an activity, and where an entry of the journal belongs.</summary>
internal static class DefinitionGraphEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/workflow-definitions/subgraph");
        group.MapGet("/{versionId}", GetAsync);
        group.MapGet("/segments/{versionId}", GetSegmentsAsync);
    }

    private static async Task<IResult> GetAsync(
        string versionId, string? parentNodeId, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options)
    {
        if (await acts.ByIdAsync(versionId, context.RequestAborted) is not { } version)
            return TypedResults.NotFound();
        (DefinitionGraph graph, string rootId) = GraphOf(version, desk, DefinitionEndpoints.DesignerOf(context, person, time, options));
        // As Elsa has it: who asks for nothing, or for what is not there, gets the root.
        return StudioJson.Answer(((parentNodeId is null ? null : graph.PathTo(parentNodeId)) ?? graph.PathTo(rootId)!)[^1]);
    }

    private static async Task<IResult> GetSegmentsAsync(
        string versionId, string? childNodeId, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options)
    {
        if (await acts.ByIdAsync(versionId, context.RequestAborted) is not { } version)
            return TypedResults.NotFound();
        (DefinitionGraph graph, _) = GraphOf(version, desk, DefinitionEndpoints.DesignerOf(context, person, time, options));
        // Null is the one answer to an activity that is not there by which the Studio does not break.
        if (graph.PathTo(childNodeId ?? "") is not { } path)
            return TypedResults.Text("null", "application/json");
        IReadOnlyList<PathSegment> segments = DefinitionGraph.SegmentsOf(path);
        string container = segments.Count > 0 ? segments[^1].ActivityNodeId : path[0].NodeId;
        return StudioJson.Answer(new { ChildNode = path[^1], Container = path.First(node => node.NodeId == container), PathSegments = segments });
    }

    private static (DefinitionGraph Graph, string RootId) GraphOf(DesignedVersion version, DesignDesk desk, Designer designer)
    {
        JsonObject root = (JsonObject)desk.Show(version, designer.Reader)["root"]!;
        return (new DefinitionGraph(root, desk.Known(), designer.Reader.Language.Tag), root.TextOf("nodeId") ?? "");
    }
}
