using System.Net;
using System.Text.Json;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>What the Studio's viewer asks about one instance.</summary>
public sealed class InstanceViewTests(InstancesFixture server) : IClassFixture<InstancesFixture>
{
    private const string Chart = "Workflow1:chart";

    [Fact]
    public async Task Get_WaitingInstance_ShowsItsWaitAndInputs()
    {
        Guid id = await server.StartAsync("branching", NewKey());

        JsonElement instance = await server.GetAsync($"workflow-instances/{id}");

        instance.GetProperty("status").GetString().Should().Be("Running");
        JsonElement state = instance.GetProperty("workflowState");
        state.GetProperty("subStatus").GetString().Should().Be("Suspended");
        state.GetProperty("definitionVersion").GetInt32().Should().Be(1);
        state.GetProperty("input").GetProperty("CustomerId").GetString().Should().Be("C-100", "inputs go by the names of the definition, however they were written");
        state.GetProperty("output").EnumerateObject().Should().BeEmpty();
        state.GetProperty("properties").ValueKind.Should().Be(JsonValueKind.Object);
        foreach (string list in (string[])["incidents", "completionCallbacks", "activityExecutionContexts"])
            state.GetProperty(list).GetArrayLength().Should().Be(0, list);
        JsonElement bookmark = state.GetProperty("bookmarks").EnumerateArray().Should().ContainSingle().Subject;
        bookmark.GetProperty("name").GetString().Should().Be("Elsa.Event");
        bookmark.GetProperty("activityNodeId").GetString().Should().Be($"{Chart}:ask");
        bookmark.GetProperty("autoBurn").GetBoolean().Should().BeTrue();
        bookmark.GetProperty("activityInstanceId").GetString().Should().Be((await ExecutionAsync(id, "ask")).GetProperty("id").GetString());
        JsonElement poll = await server.GetAsync($"workflow-instances/{id}/execution-state");
        poll.GetProperty("status").GetString().Should().Be("Running");
        poll.GetProperty("subStatus").GetString().Should().Be("Suspended");
        poll.GetProperty("updatedAt").GetDateTimeOffset().Should().Be(instance.GetProperty("updatedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Get_FailedInstance_ShowsItsIncidentUntilItIsMended()
    {
        Guid id = await server.StartAsync("mendable", NewKey());

        JsonElement instance = await server.GetAsync($"workflow-instances/{id}");
        instance.GetProperty("incidentCount").GetInt32().Should().Be(1);
        JsonElement incident = instance.GetProperty("workflowState").GetProperty("incidents").EnumerateArray().Should().ContainSingle().Subject;
        incident.GetProperty("activityId").GetString().Should().Be("Check");
        incident.GetProperty("activityNodeId").GetString().Should().Be("Workflow1:Main:Check");
        incident.GetProperty("exception").GetProperty("message").GetString().Should().Contain("Not ready.");
        (await StatAsync(id, "Workflow1:Main:Check")).GetProperty("isFaulted").GetBoolean().Should().BeTrue();
        (await ExecutionAsync(id, "Check", "Workflow1:Main")).GetProperty("status").GetString().Should().Be("Faulted");
        Guid incidentId = await server.Postgres.ScalarAsync<Guid>("select id from incident where instance_id = $1", id);
        using (HttpResponseMessage mended = await server.Operator.PostAsync($"api/instances/{id}/incidents/{incidentId}/retry", Api.ApiFixture.Json("""{"variables":{"Ready":true},"reason":"Now it is."}""")))
            mended.StatusCode.Should().Be(HttpStatusCode.OK, await mended.Content.ReadAsStringAsync());

        instance = await server.GetAsync($"workflow-instances/{id}");
        instance.GetProperty("workflowState").GetProperty("incidents").GetArrayLength().Should().Be(0);
        (await StatAsync(id, "Workflow1:Main:Check")).GetProperty("isFaulted").GetBoolean().Should().BeFalse();
        JsonElement check = await ExecutionAsync(id, "Check", "Workflow1:Main");
        check.GetProperty("status").GetString().Should().Be("Completed");
        check.GetProperty("aggregateFaultCount").GetInt32().Should().Be(1);
        JsonElement faults = await server.AskAsync($"workflow-instances/{id}/journal", new { filter = new { eventNames = new[] { "Faulted" } } });
        faults.GetProperty("items").EnumerateArray().Should().ContainSingle().Which.GetProperty("message").GetString().Should().Contain("Not ready.");
    }

    [Fact]
    public async Task Variables_AreTextsUnderTheirDeclaredIds()
    {
        Guid id = await server.StartAsync("branching", NewKey());

        JsonElement answer = await server.GetAsync($"workflow-instances/{id}/variables");

        answer.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("id").GetString(), item.GetProperty("name").GetString(), item.GetProperty("value").GetString()))
            .Should().Equal(("v1", "Customer", "Ann"), ("v2", "Tags", "[\"a\",\"b\"]"));
    }

    [Fact]
    public async Task Journal_WholeAndNarrowed_InPages()
    {
        string key = NewKey();
        Guid id = await server.StartAsync("branching", key);
        await server.GoAsync(key);
        await EndedAsync(id);

        JsonElement all = await server.AskAsync($"workflow-instances/{id}/journal?skip=0&take=1000", new { filter = (object?)null });
        List<(string? Node, string? Event)> lines = [.. all.GetProperty("items").EnumerateArray().Select(line => (line.GetProperty("nodeId").GetString(), line.GetProperty("eventName").GetString()))];
        lines.Take(7).Should().Equal(
            (Chart, "Started"), ($"{Chart}:say", "Started"), ($"{Chart}:say", "Line"), ($"{Chart}:say", "Completed"), ($"{Chart}:ask", "Started"), ($"{Chart}:ask", "Suspended"), ($"{Chart}:ask", "Resumed"));
        lines.Should().Contain(($"{Chart}:loop:say", "Completed"), "the same id in another container is another place");
        lines.Count(line => line == ($"{Chart}:loop:say", "Started")).Should().Be(3);
        lines[^1].Should().Be((Chart, "Completed"));
        all.GetProperty("totalCount").GetInt32().Should().Be(lines.Count);
        all.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        all.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetString()).Should().OnlyHaveUniqueItems();
        JsonElement first = all.GetProperty("items")[1];
        first.GetProperty("activityId").GetString().Should().Be("say");
        first.GetProperty("activityType").GetString().Should().Be("Elsa.WriteLine");
        first.GetProperty("activityTypeVersion").GetInt32().Should().Be(1);
        first.GetProperty("activityName").GetString().Should().Be("Say1");
        first.GetProperty("parentActivityInstanceId").GetString().Should().Be(all.GetProperty("items")[0].GetProperty("activityInstanceId").GetString());
        all.GetProperty("items")[2].GetProperty("message").GetString().Should().Be("hello");
        all.GetProperty("items")[3].GetProperty("payload").GetProperty("Outcomes")[0].GetString().Should().Be("Done");
        List<string> page = [];
        for (int skip = 0; skip < lines.Count; skip += 4)
        {
            JsonElement part = await server.AskAsync($"workflow-instances/{id}/journal?skip={skip}&take=4", new { });
            part.GetProperty("totalCount").GetInt32().Should().Be(lines.Count);
            page.AddRange(part.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetString()!));
        }

        page.Should().Equal(all.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetString()!));
        JsonElement narrowed = await server.AskAsync(
            $"workflow-instances/{id}/journal", new { filter = new { activityIds = (object?)null, activityNodeIds = new[] { $"{Chart}:say", Chart }, excludedActivityTypes = new[] { "Elsa.Workflow", "Elsa.Flowchart" }, eventNames = (object?)null } });
        narrowed.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("eventName").GetString()).Should().Equal("Started", "Line", "Completed");
        (await server.AskAsync($"workflow-instances/{id}/journal", new { filter = new { activityIds = new[] { "ask" } } })).GetProperty("totalCount").GetInt32().Should().Be(4);
    }

    [Fact]
    public async Task Report_CountsWhatRanAndWaits()
    {
        string key = NewKey();
        Guid id = await server.StartAsync("branching", key);

        JsonElement waiting = await StatAsync(id, $"{Chart}:ask");
        (Number(waiting, "startedCount"), Number(waiting, "completedCount"), Number(waiting, "uncompletedCount")).Should().Be((1, 0, 1));
        waiting.GetProperty("isBlocked").GetBoolean().Should().BeTrue();
        waiting.GetProperty("activityId").GetString().Should().Be("ask");
        await server.GoAsync(key);
        await EndedAsync(id);
        JsonElement done = await StatAsync(id, $"{Chart}:ask");
        (Number(done, "startedCount"), Number(done, "completedCount"), done.GetProperty("isBlocked").GetBoolean()).Should().Be((1, 1, false));
        Number(await StatAsync(id, $"{Chart}:loop:say"), "completedCount").Should().Be(3);
        (await server.AskAsync("activity-executions/report", new { workflowInstanceId = id, activityNodeIds = new[] { "Workflow1:none" } })).GetProperty("stats").GetArrayLength().Should().Be(0);
        (await server.AskAsync("activity-executions/report", new { workflowInstanceId = "no such", activityNodeIds = Array.Empty<string>() })).GetProperty("stats").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Executions_OfAnActivity_WithWhatLedToThem()
    {
        string key = NewKey();
        Guid id = await server.StartAsync("branching", key);
        await server.GoAsync(key);
        await EndedAsync(id);

        JsonElement rounds = await server.GetAsync($"activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId={Chart}:loop:say");
        rounds.GetProperty("count").GetInt32().Should().Be(3);
        rounds.GetProperty("items")[0].TryGetProperty("activityState", out _).Should().BeFalse("a summary has no data");
        JsonElement whole = await server.GetAsync($"activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId={Chart}");
        whole.GetProperty("items")[0].GetProperty("status").GetString().Should().Be("Completed");
        JsonElement say = await ExecutionAsync(id, "say");
        say.GetProperty("activityState").GetProperty("text").GetString().Should().Be("hello");
        say.GetProperty("payload").GetProperty("Outcomes")[0].GetString().Should().Be("Done");
        JsonElement ask = await ExecutionAsync(id, "ask");
        ask.GetProperty("schedulingActivityExecutionId").GetString().Should().Be(say.GetProperty("id").GetString());
        ask.GetProperty("schedulingActivityId").GetString().Should().Be("say");
        string round = rounds.GetProperty("items")[2].GetProperty("id").GetString()!;
        JsonElement stack = await server.GetAsync($"activity-executions/{round}/call-stack?includeCrossWorkflowChain=True");
        stack.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("activityNodeId").GetString())
            .Should().Equal(Chart, $"{Chart}:say", $"{Chart}:ask", $"{Chart}:loop", $"{Chart}:loop:say");
        stack.GetProperty("totalCount").GetInt32().Should().Be(5);
    }

    [Fact]
    public async Task UnknownIds_AreNotFound()
    {
        Guid unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        foreach (string path in (string[])[$"workflow-instances/{unknown}", $"workflow-instances/{unknown}/variables", $"workflow-instances/{unknown}/execution-state", $"activity-executions/by-id?id={unknown:N}-{unknown:N}", "activity-executions/by-id?id=x", $"activity-executions/{unknown:N}-{unknown:N}/call-stack"])
        {
            using HttpResponseMessage answer = await server.Operator.GetAsync($"elsa/api/{path}");
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }
    }

    private static int Number(JsonElement stat, string name) => stat.GetProperty(name).GetInt32();

    private static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    private async Task<JsonElement> StatAsync(Guid id, string nodeId) =>
        (await server.AskAsync("activity-executions/report", new { workflowInstanceId = id, activityNodeIds = new[] { nodeId, "Workflow1:none" } })).GetProperty("stats").EnumerateArray().Should().ContainSingle().Subject;

    // As the Studio does: the summaries of an activity, then the last of them whole.
    private async Task<JsonElement> ExecutionAsync(Guid id, string activity, string below = Chart)
    {
        JsonElement summaries = await server.GetAsync($"activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId={below}:{activity}");
        string last = summaries.GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString()!;
        return await server.GetAsync($"activity-executions/by-id?id={last}");
    }

    private Task EndedAsync(Guid id) => EngagementFlows.Testing.Eventually.BecomesAsync(
        async () => (await server.GetAsync($"workflow-instances/{id}/execution-state")).GetProperty("subStatus").GetString(), "Finished");
}
