using System.Net;
using System.Text.Json.Nodes;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>The parts of a flow that the Studio opens by themselves.</summary>
public sealed class DefinitionGraphTests(DesignFixture server) : IClassFixture<DesignFixture>, IAsyncLifetime
{
    private const string Inside = "Workflow1:Main:use:Inner:deep";

    [Fact]
    public async Task Subgraph_OfAFlowUsedAsActivity_HoldsItsActivities()
    {
        JsonObject node = await GetAsync(server.Operator, "workflow-definitions/subgraph/outer-v1?parentNodeId=Workflow1:Main:use");

        node["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main:use");
        node["activity"]!["type"]!.GetValue<string>().Should().Be("InnerFlow");
        node["activity"]!["root"]!["type"]!.GetValue<string>().Should().Be("Elsa.Flowchart");
        node["activity"]!["root"]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main:use:Inner");
        StudioDouble.Activity(node["activity"]!["root"], "deep")["nodeId"]!.GetValue<string>().Should().Be(Inside, "the journal tells of it by that name");
    }

    [Fact]
    public async Task Subgraph_OfNothingThatIsThere_IsTheRoot()
    {
        foreach (string query in (string[])["", "?parentNodeId=Workflow1:Main:nowhere"])
        {
            JsonObject node = await GetAsync(server.Operator, "workflow-definitions/subgraph/outer-v1" + query);

            node["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main");
            StudioDouble.Activity(node["activity"], "use").ContainsKey("root").Should().BeFalse("only what is asked for is opened");
        }

        using HttpResponseMessage missing = await server.Operator.GetAsync("elsa/api/workflow-definitions/subgraph/nowhere-v1");
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Segments_LeadThroughPlacesInsideAndFlows()
    {
        JsonObject flow = await GetAsync(server.Operator, $"workflow-definitions/subgraph/segments/outer-v1?childNodeId={Inside}");
        JsonObject body = await GetAsync(server.Operator, "workflow-definitions/subgraph/segments/outer-v1?childNodeId=Workflow1:Main:either:Yes:say");
        JsonObject top = await GetAsync(server.Operator, "workflow-definitions/subgraph/segments/outer-v1?childNodeId=Workflow1:Main:use");

        flow["pathSegments"]!.ToJsonString().Should().Be("""[{"activityNodeId":"Workflow1:Main:use","activityId":"use","activityType":"InnerFlow","portName":"Root","activityName":"use"}]""");
        flow["container"]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main:use");
        StudioDouble.Activity(flow["container"]!["activity"]!["root"], "deep")["nodeId"]!.GetValue<string>().Should().Be(Inside);
        flow["childNode"]!["activity"]!["id"]!.GetValue<string>().Should().Be("deep");
        body["pathSegments"]!.ToJsonString().Should().Be("""[{"activityNodeId":"Workflow1:Main:either","activityId":"either","activityType":"Elsa.If","portName":"Then","activityName":"either"}]""");
        body["container"]!["activity"]!["then"]!["id"]!.GetValue<string>().Should().Be("Yes");
        top["pathSegments"]!.AsArray().Should().BeEmpty();
        top["container"]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main");
    }

    [Fact]
    public async Task Segments_OfNothingThatIsThere_AreNull()
    {
        using HttpResponseMessage answer = await server.Operator.GetAsync("elsa/api/workflow-definitions/subgraph/segments/outer-v1?childNodeId=Workflow1:Main:nowhere");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("null", "the Studio takes any other status for a broken program");
    }

    public async Task InitializeAsync()
    {
        using HttpResponseMessage there = await server.Operator.GetAsync("elsa/api/workflow-definitions/by-id/outer-v1");
        if (there.StatusCode == HttpStatusCode.OK)
            return;
        await ImportAsync("""
            { "definitionId": "inner", "id": "inner-v1", "name": "Inner flow", "options": { "usableAsActivity": true },
              "root": { "id": "Inner", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "deep", "type": "Elsa.WriteLine", "version": 1 } ] } }
            """);
        (await server.Operator.PostAsync("elsa/api/workflow-definitions/inner/publish", Body(new JsonObject()))).EnsureSuccessStatusCode();
        (await server.Administrator.PostAsync("api/definitions/versions/inner-v1/publish", null)).EnsureSuccessStatusCode();
        await ImportAsync("""
            { "definitionId": "outer", "id": "outer-v1", "name": "Outer flow",
              "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [
                { "id": "use", "type": "InnerFlow", "version": 1 },
                { "id": "either", "type": "Elsa.If", "version": 1, "then": { "id": "Yes", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "say", "type": "Elsa.WriteLine", "version": 1 } ] } } ] } }
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task ImportAsync(string definition)
    {
        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(JsonNode.Parse(definition)!));
        answer.EnsureSuccessStatusCode();
    }
}
