using System.Net;
using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Values;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>Running a flow and testing one of its activities, as the Studio asks for it.</summary>
public sealed class DesignRunTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Run_OfADraft_StaysOnASnapshot()
    {
        JsonObject draft = await server.DraftAsync("Tried out", "first text");
        Guid first = await server.RunAsync("tried-out");
        Guid second = await server.RunAsync("tried-out");
        await SavedAsync(server.Operator, Changed(draft, "second text"));
        Guid third = await server.RunAsync("tried-out");

        (await VersionOfAsync(first)).Should().Be("tried-out-v1.2");
        (await VersionOfAsync(second)).Should().Be("tried-out-v1.2");
        (await VersionOfAsync(third)).Should().Be("tried-out-v1.3");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'tried-out-v1.2'")).Should().Contain("first text");
        JsonObject list = await GetAsync(server.Operator, "workflow-definitions?versionOptions=AllVersions&DefinitionIds=tried-out");
        list["totalCount"]!.GetValue<int>().Should().Be(1);
        JsonObject byId = await GetAsync(server.Operator, "workflow-definitions?Ids=tried-out-v1.2");
        byId["items"]![0]!["isLatest"]!.GetValue<bool>().Should().BeFalse();
        (await server.Operator.GetStringAsync("api/definitions/tried-out")).Should().NotContain("tried-out-v1.2");
    }

    [Fact]
    public async Task Run_OfAFlowForEngagements_IsNotStartedAndSaysWhy()
    {
        JsonObject model = StudioDouble.ModelOf(await server.DraftAsync("For clients"));
        JsonObject mail = Line("mail", "x");
        mail["type"] = "EngagementFlows.SendClientMail";
        mail.Remove("text");
        ((JsonArray)model["root"]!["activities"]!).Add(mail);
        await SavedAsync(server.Operator, model);

        using HttpResponseMessage answer = await server.ExecuteAsync("for-clients");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("x-elsa-workflow-cannot-start").Should().Equal("true");
        Notice(answer).Should().Be("cannot-start");
        Told(answer).Should().Contain("Rehearse");
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance where definition_id = 'for-clients'")).Should().Be(0);
    }

    [Fact]
    public async Task DraftThatIsDrawnOn_RunsByNoOtherDoor()
    {
        await server.DraftAsync("No other door");

        using HttpResponseMessage answer = await server.Operator.PostAsync("api/instances", Body(new JsonObject { ["definitionId"] = "no-other-door", ["versionId"] = "no-other-door-v1" }));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Run_WithABusinessKeyThatCannotBe_IsRefusedWithTheRule()
    {
        await server.DraftAsync("Long keys");

        using HttpResponseMessage answer = await server.ExecuteAsync("long-keys", new string('k', 301));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("at most 300");
    }

    [Fact]
    public async Task Run_WithAnInputThatNestsTooDeep_IsRefusedWithTheRule()
    {
        await server.DraftAsync("Deep inputs");
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", PlainJson.MostDepth + 1)) + "1" + new string('}', PlainJson.MostDepth + 1);

        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/deep-inputs/execute", Api.ApiFixture.Json($$"""{"input":{{deep}}}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("'input'");
    }

    [Fact]
    public async Task TestOfAnActivity_RunsItAloneAndTouchesNothing()
    {
        JsonObject model = StudioDouble.ModelOf(await server.DraftAsync("Tested"));
        model["variables"] = JsonNode.Parse("""[ { "id": "v1", "name": "Sum", "typeName": "Int32", "isArray": false, "value": null, "storageDriverTypeName": null } ]""");
        JsonObject script = Line("calc", "");
        script["type"] = "Elsa.RunJavaScript";
        script.Remove("text");
        script["script"] = StudioDouble.Literal("setOutcome('Odd'); return 40 + 2;");
        script["result"] = JsonNode.Parse("""{ "typeName": "Object", "memoryReference": { "id": "v1" } }""");
        ((JsonArray)model["root"]!["activities"]!).Add(script);
        JsonObject saved = await SavedAsync(server.Operator, model);
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from instance");

        JsonObject calc = await TestAsync(saved, "Workflow1:e30b469a6b8f7bcb:calc");
        JsonObject line = await TestAsync(saved, "Workflow1:e30b469a6b8f7bcb:aa");
        JsonObject none = await TestAsync(saved, "Workflow1:e30b469a6b8f7bcb:zz");

        calc["status"]!.GetValue<string>().Should().Be("Completed");
        calc["payload"]!["Outcomes"]!.ToJsonString().Should().Be("""["Odd"]""");
        calc["outputs"]!["Result"]!.GetValue<int>().Should().Be(42);
        line["activityState"]!["Lines"]!.ToJsonString().Should().Be("""["one"]""");
        none["status"]!.GetValue<string>().Should().Be("Faulted");
        none["exception"]!["message"]!.GetValue<string>().Should().Contain("no such activity");
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance")).Should().Be(before);
    }

    private Task<string?> VersionOfAsync(Guid instanceId) => server.Postgres.ScalarAsync<string>("select definition_version_id from instance where id = $1", instanceId);

    private async Task<JsonObject> TestAsync(JsonObject definition, string nodeId)
    {
        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/tests/activities", Body(new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionId"] = null, ["versionOptions"] = null, ["definitionVersionId"] = definition["id"]!.GetValue<string>() },
            ["activityHandle"] = new JsonObject { ["activityId"] = null, ["activityNodeId"] = nodeId, ["activityInstanceId"] = null, ["activityHash"] = null },
        }));
        return await ReadAsync(answer);
    }
}
