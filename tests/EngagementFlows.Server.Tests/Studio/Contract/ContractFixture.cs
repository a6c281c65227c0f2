using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Studio.Definitions;

namespace EngagementFlows.Server.Tests.Studio.Contract;

/// <summary>A server with one flow that has everything a flow may have, one that is used by it, one that ends, one that fails.</summary>
public sealed class ContractFixture : DesignFixture
{
    private const string Used = """
        { "definitionId": "used", "id": "used-v1", "name": "Used part", "version": 1, "isLatest": true, "isPublished": true, "options": { "usableAsActivity": true, "activityCategory": "Parts" },
          "inputs": [ { "type": "String", "name": "Text" } ], "outputs": [ { "type": "String", "name": "Answer" } ], "outcomes": [ "Good" ],
          "root": { "id": "Inner", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "deep", "type": "Elsa.WriteLine", "version": 1, "text": "deep" } ] } }
        """;

    private const string Whole = """
        { "definitionId": "whole", "id": "whole-v1", "name": "Whole flow", "description": "Has everything", "version": 1, "toolVersion": "3.8.2.0", "isLatest": true, "isPublished": true,
          "variables": [
            { "id": "v1", "name": "Customer", "typeName": "String", "value": "Ann", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v2", "name": "Count", "typeName": "Int32", "value": 3 }, { "id": "v3", "name": "Unset", "typeName": "Object" } ],
          "inputs": [ { "type": "String", "name": "CustomerId", "displayName": "Customer id", "description": "Who it is about", "category": "Primitives", "uiHint": "singleline",
            "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }, { "type": "Int32", "name": "Amount" } ],
          "outputs": [ { "type": "String", "name": "Decision", "displayName": "Decision", "description": "What was decided", "category": "Primitives" }, { "type": "Object", "name": "Rest" } ],
          "outcomes": [ "Approved", "Rejected" ], "customProperties": { "team": "ours" },
          "options": { "activationStrategyType": "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "usableAsActivity": true, "autoUpdateConsumingWorkflows": false,
            "activityCategory": "Ours", "incidentStrategyType": "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "commitStrategyName": "EveryActivity" },
          "root": { "id": "chart", "type": "Elsa.Flowchart", "version": 1, "start": "say",
            "activities": [
              { "id": "say", "type": "Elsa.WriteLine", "version": 1, "name": "Say1", "text": "bare",
                "customProperties": { "canStartWorkflow": true }, "metadata": { "displayText": "Say it", "designer": { "position": { "x": 10, "y": 20 }, "size": { "width": 220, "height": 60 } } } },
              { "id": "calc", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "Literal", "value": "return 'yes';" } },
                "result": { "typeName": "Object", "memoryReference": { "id": "v1" } } },
              { "id": "use", "type": "UsedPart", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "variables.Customer" } } },
              { "id": "either", "type": "Elsa.If", "version": 1, "condition": true, "then": { "id": "say", "type": "Elsa.WriteLine", "version": 1 } },
              { "id": "choose", "type": "Elsa.FlowSwitch", "version": 1, "mode": "MatchFirst", "cases": [ { "label": "Big", "condition": { "type": "JavaScript", "value": "false" } } ] },
              { "id": "strange", "type": "Acme.Unknown", "version": 7, "size": 3 },
              { "id": "pause", "type": "Elsa.Delay", "version": 1, "timeSpan": "1.00:00:00" },
              { "id": "ask", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } } ],
            "connections": [
              { "source": { "activity": "say", "port": "Done" }, "target": { "activity": "calc", "port": "In" }, "vertices": [ { "x": 100, "y": 50 } ] },
              { "source": { "activity": "calc" }, "target": { "activity": "use" } },
              { "source": { "activity": "use", "port": "Done" }, "target": { "activity": "either", "port": "In" } },
              { "source": { "activity": "either", "port": "Done" }, "target": { "activity": "choose", "port": "In" } },
              { "source": { "activity": "choose", "port": "Default" }, "target": { "activity": "pause", "port": "In" } },
              { "source": { "activity": "choose", "port": "Default" }, "target": { "activity": "ask", "port": "In" } } ] } }
        """;

    // Nothing is published that has an activity which is not known.
    private static readonly string Runnable = Whole.Replace("""
              { "id": "strange", "type": "Acme.Unknown", "version": 7, "size": 3 },

        """, "", StringComparison.Ordinal);

    public static JsonObject WithAnUnknownActivity() => (JsonObject)JsonNode.Parse(Whole)!;

    /// <summary>Starts an instance and returns its id.</summary>
    public async Task<string> StartAsync(string definitionId)
    {
        using HttpResponseMessage answer = await Operator.PostAsJsonAsync(
            "api/instances", new { definitionId, correlationId = $"C-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", name = "Named", input = new { customerid = "C-100" } });
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instance").GetProperty("id").GetString()!;
    }

    protected override void WriteFiles(string folder)
    {
        foreach ((string id, string json) in new[] { ("used", Used), ("whole", Runnable), ("ending", ApiFixture.Ending("ending")), ("failing", ApiFixture.Failing("failing")), ("mendable", ApiFixture.Mendable("mendable")) })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName, $"{id}.json"), json);
    }
}
