using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>A server as the Studio meets it.</summary>
public class DesignFixture : ServerFixture
{
    public HttpClient Operator => Program(StaffRoles.Operator);

    public HttpClient Administrator => Program(StaffRoles.Administrator);

    public HttpClient Architect => Program(StaffRoles.Architect);

    public HttpClient Auditor => Program(StaffRoles.Auditor);

    /// <summary>Returns the model with which the Studio makes a flow.</summary>
    public static JsonObject NewModel(string name) => new()
    {
        ["definitionId"] = null,
        ["name"] = name,
        ["description"] = null,
        ["toolVersion"] = "3.8.0.0",
        ["variables"] = null,
        ["inputs"] = null,
        ["outputs"] = null,
        ["outcomes"] = null,
        ["customProperties"] = null,
        ["isReadonly"] = false,
        ["options"] = null,
        ["root"] = new JsonObject { ["id"] = "e30b469a6b8f7bcb", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1" },
        ["links"] = null,
        ["createdAt"] = "0001-01-01T00:00:00+00:00",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = false,
        ["id"] = null,
    };

    /// <summary>Returns an activity that writes a line, as the Studio drops one.</summary>
    public static JsonObject Line(string id, string text) => new()
    {
        ["id"] = id,
        ["nodeId"] = $"Workflow1:e30b469a6b8f7bcb:{id}",
        ["name"] = "WriteLine1",
        ["type"] = "Elsa.WriteLine",
        ["version"] = 1,
        ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 10, ["y"] = 20 } } },
        ["text"] = StudioDouble.Literal(text),
    };

    public static StringContent Body(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return (JsonObject)JsonNode.Parse(text)!;
    }

    public static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using HttpResponseMessage answer = await client.GetAsync("elsa/api/" + path);
        return await ReadAsync(answer);
    }

    /// <summary>Posts a save as the Studio does; with an editor, as one page of ours does.</summary>
    public static async Task<HttpResponseMessage> SaveAsync(HttpClient client, JsonObject model, bool? publish = false, string? editor = null, int save = 0)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "elsa/api/workflow-definitions") { Content = Body(StudioDouble.SaveOf(model, publish)) };
        if (editor is not null)
        {
            request.Headers.Add("X-Editor", editor);
            request.Headers.Add("X-Editor-Save", $"{save}");
        }

        return await client.SendAsync(request);
    }

    public static async Task<JsonObject> SavedAsync(HttpClient client, JsonObject model, bool? publish = false)
    {
        using HttpResponseMessage answer = await SaveAsync(client, model, publish);
        return (JsonObject)(await ReadAsync(answer))["workflowDefinition"]!;
    }

    /// <summary>Runs a definition as the Studio does.</summary>
    public Task<HttpResponseMessage> ExecuteAsync(string definitionId, string? correlationId = null) => Operator.PostAsync(
        $"elsa/api/workflow-definitions/{definitionId}/execute",
        Body(new JsonObject { ["correlationId"] = correlationId, ["triggerActivityId"] = null, ["versionOptions"] = "Latest", ["input"] = null }));

    /// <summary>Returns what people are told by an answer's notice.</summary>
    public static string Told(HttpResponseMessage answer) => Uri.UnescapeDataString(answer.Headers.GetValues("X-EngagementFlows-Notice-Text").Single());

    /// <summary>Runs a definition and returns its instance.</summary>
    public async Task<Guid> RunAsync(string definitionId)
    {
        using HttpResponseMessage answer = await ExecuteAsync(definitionId);
        answer.Headers.Contains("x-elsa-workflow-cannot-start").Should().BeFalse(answer.Headers.ToString());
        return Guid.Parse(answer.Headers.GetValues("x-elsa-workflow-instance-id").Single());
    }

    public static async Task<string> RefusedAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, text);
        return string.Join('\n', ((JsonArray)JsonNode.Parse(text)!["errors"]!).Select(error => error!["message"]!.GetValue<string>()));
    }

    /// <summary>Makes a draft with a line in it and returns it as the Studio was shown it.</summary>
    public async Task<JsonObject> DraftAsync(string name, string text = "one")
    {
        JsonObject made = await SavedAsync(Operator, NewModel(name), publish: null);
        JsonObject model = StudioDouble.ModelOf(made);
        model["root"]!["activities"] = new JsonArray(Line("aa", text));
        return await SavedAsync(Operator, model);
    }

    /// <summary>Makes a published flow and returns it.</summary>
    public async Task<JsonObject> PublishedAsync(string name)
    {
        JsonObject draft = await DraftAsync(name);
        (await SavedAsync(Operator, StudioDouble.ModelOf(draft), publish: true))["isPublished"]!.GetValue<bool>().Should().BeFalse();
        using HttpResponseMessage published = await Administrator.PostAsync($"api/definitions/versions/{draft["id"]}/publish", null);
        published.StatusCode.Should().Be(HttpStatusCode.NoContent);
        return await GetAsync(Operator, $"workflow-definitions/by-definition-id/{draft["definitionId"]}?versionOptions=Latest");
    }

    public static JsonObject Changed(JsonObject shown, string text)
    {
        JsonObject model = StudioDouble.ModelOf(shown);
        StudioDouble.Activity(model["root"], "aa")["text"] = StudioDouble.Literal(text);
        return model;
    }

    public static string Notice(HttpResponseMessage answer) => answer.Headers.GetValues("X-EngagementFlows-Notice").Single();
}
