using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>A server with flows that end, wait, branch, loop, fail.</summary>
public sealed class InstancesFixture : ServerFixture
{
    private const string Branching = """
        { "definitionId": "branching", "id": "branching-v1", "name": "Branching", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [
            { "id": "v1", "name": "Customer", "typeName": "String", "value": "Ann", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v2", "name": "Tags", "typeName": "String", "isArray": true, "value": "[\"a\",\"b\"]", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "inputs": [ { "type": "String", "name": "CustomerId" } ],
          "root": { "id": "chart", "type": "Elsa.Flowchart", "start": "say",
            "activities": [
              { "id": "say", "type": "Elsa.WriteLine", "name": "Say1", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } },
              { "id": "ask", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } },
              { "id": "loop", "type": "Elsa.ForEach", "items": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "[1, 2, 3]" } },
                "body": { "id": "say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "again" } } } } ],
            "connections": [
              { "source": { "activity": "say", "port": "Done" }, "target": { "activity": "ask", "port": "In" } },
              { "source": { "activity": "ask", "port": "Done" }, "target": { "activity": "loop", "port": "In" } } ] } }
        """;

    public HttpClient Operator => Program("operator");

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>Starts an instance and returns its id.</summary>
    public async Task<Guid> StartAsync(string definitionId, string? correlationId = null, string? name = null)
    {
        using HttpResponseMessage answer = await Operator.PostAsJsonAsync("api/instances", new { definitionId, correlationId, name, input = new { customerid = "C-100" } });
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instance").GetProperty("id").GetGuid();
    }

    /// <summary>Publishes the event for which the flows wait.</summary>
    public async Task GoAsync(string correlationId, string name = "Go") =>
        (await Operator.PostAsJsonAsync("api/events", new { name, correlationId })).EnsureSuccessStatusCode();

    /// <summary>Posts to the Studio's API.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, HttpClient? client = null) =>
        (client ?? Operator).PostAsync($"elsa/api/{path}", body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    /// <summary>Posts to the Studio's API and reads the answer.</summary>
    public async Task<JsonElement> AskAsync(string path, object? body, HttpClient? client = null)
    {
        using HttpResponseMessage answer = await PostAsync(path, body, client);
        return await ReadAsync(answer);
    }

    /// <summary>Reads from the Studio's API.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpClient? client = null)
    {
        using HttpResponseMessage answer = await (client ?? Operator).GetAsync($"elsa/api/{path}");
        return await ReadAsync(answer);
    }

    protected override void WriteFiles(string folder)
    {
        foreach ((string id, string json) in new[]
            {
                ("waiting", ApiFixture.Waiting("waiting")), ("ending", ApiFixture.Ending("ending")), ("failing", ApiFixture.Failing("failing")), ("mendable", ApiFixture.Mendable("mendable")), ("branching", Branching),
            })
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), json);
        }
    }
}
