using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A server with a few small flows and a small limit for bodies.</summary>
public sealed class ApiFixture : ServerFixture
{
    public const int MaxBodyBytes = 256 * 1024;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:Api:MaxBodyBytes"] = $"{MaxBodyBytes}",
        ["EngagementFlows:Http:AnonymousPaths"] = "open/{id}",
        ["EngagementFlows:Http:GetPaths"] = "open/{id}",
    };

    /// <summary>Returns a flow that waits for an event.</summary>
    public static string Waiting(string definitionId, string eventName = "Go") => Definition(definitionId, $$"""
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
          { "id": "Wait", "type": "Elsa.Event", "eventName": "{{eventName}}" },
          { "id": "Say", "type": "Elsa.WriteLine", "text": "went on" } ] }
        """);

    /// <summary>Returns a flow that ends at once.</summary>
    public static string Ending(string definitionId) => Definition(definitionId, """{ "id": "Main", "type": "Elsa.WriteLine", "text": "hello" }""");

    /// <summary>Returns a flow that fails at once.</summary>
    public static string Failing(string definitionId) => Definition(definitionId, """{ "id": "Main", "type": "Elsa.Fault", "message": "No way through." }""");

    /// <summary>Returns a flow that fails until its variable Ready is true, and then waits for an event.</summary>
    public static string Mendable(string definitionId) => $$"""
        { "definitionId": "{{definitionId}}", "id": "{{definitionId}}-v1", "name": "{{definitionId}}", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [ { "id": "v1", "name": "Ready", "typeName": "Boolean", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "root": { "id": "Main", "type": "Elsa.Sequence", "activities": [
            { "id": "Check", "type": "Elsa.RunJavaScript", "script": { "typeName": "String", "expression": { "type": "Literal", "value": "if (!variables.Ready) throw new Error('Not ready.');" } } },
            { "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } } ] } }
        """;

    /// <summary>Returns a flow that changes the stage of its engagement.</summary>
    public static string Staging(string definitionId) => Definition(definitionId, """
        { "id": "Main", "type": "EngagementFlows.SetEngagementStage", "stage": { "typeName": "String", "expression": { "type": "Literal", "value": "intake" } } }
        """);

    public static string Definition(string definitionId, string root) => $$"""
        { "definitionId": "{{definitionId}}", "id": "{{definitionId}}-v1", "name": "{{definitionId}}", "version": 1, "isLatest": true, "isPublished": true, "root": {{root}} }
        """;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Reads the detail of Problem Details, which every error must be.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonElement problem = await ReadAsync(answer);
        problem.GetProperty("status").GetInt32().Should().Be((int)answer.StatusCode);
        problem.GetProperty("traceId").GetString().Should().NotBeNullOrEmpty();
        string detail = problem.GetProperty("detail").GetString()!;
        detail.Should().EndWith(".").And.NotContain("   at ").And.NotContain("Exception");
        return detail;
    }

    /// <summary>Starts an instance and returns its id.</summary>
    public async Task<Guid> StartAsync(string definitionId)
    {
        using HttpResponseMessage answer = await Program("operator").PostAsync("api/instances", Json($$"""{"definitionId":"{{definitionId}}"}"""));
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Created);
        return (await ReadAsync(answer)).GetProperty("instance").GetProperty("id").GetGuid();
    }

    protected override void WriteFiles(string folder)
    {
        foreach ((string id, string json) in new[] { ("waiting", Waiting("waiting")), ("ending", Ending("ending")), ("failing", Failing("failing")), ("mendable", Mendable("mendable")), ("staging", Staging("staging")) })
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), json);
        }
    }
}
