using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Studio.Instances;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>The live connection of the Studio's viewer.</summary>
public sealed class InstanceHubTests(InstancesFixture server) : IClassFixture<InstancesFixture>
{
    [Fact]
    public async Task Watcher_OfAnInstanceThatAnotherProcessMoves_HearsTheThreeMessages()
    {
        string key = NewKey();
        Guid id = await server.StartAsync("branching", key);
        Uri other = await server.StartAnotherAsync();
        (HttpClient person, _) = await SignInAsync();
        await using HubClient viewer = await HubClient.ConnectAsync(other, person);
        await viewer.ObserveAsync(id);

        // It may have moved between the viewer's own look and this.
        (await viewer.HearAsync()).Argument.GetProperty("stats").EnumerateArray().Should().Contain(stat => stat.GetProperty("activityNodeId").GetString() == "Workflow1:chart:ask");
        (await viewer.HearAsync()).Target.Should().Be("WorkflowExecutionLogUpdatedAsync");
        (await viewer.HearAsync()).Target.Should().Be("WorkflowInstanceUpdatedAsync");
        (await viewer.HearAsync()).Target.Should().Be("WorkflowInstanceUpdatedAsync", "the journal's new lines show at the next painting only");

        // Which process serves the event is chance; the viewer's own is told of both in the same way.
        await server.GoAsync(key);

        HashSet<string> painted = [];
        while (true)
        {
            (string target, JsonElement argument) = await viewer.HearAsync();
            if (target == "ActivityExecutionLogUpdatedAsync")
            {
                painted.UnionWith(argument.GetProperty("stats").EnumerateArray().Select(stat => stat.GetProperty("activityNodeId").GetString()!));
                argument.GetProperty("stats").EnumerateArray().Should().OnlyContain(stat => stat.GetProperty("completedCount").GetInt32() > 0);
                (await viewer.HearAsync()).Target.Should().Be("WorkflowExecutionLogUpdatedAsync");
                (string last, JsonElement instance) = await viewer.HearAsync();
                last.Should().Be("WorkflowInstanceUpdatedAsync");
                instance.GetProperty("workflowInstanceId").GetGuid().Should().Be(id);
                break;
            }
        }

        painted.Should().BeEquivalentTo(["Workflow1:chart:ask", "Workflow1:chart:loop", "Workflow1:chart:loop:say"], "what did not move is not painted again, and the canvas bears no badge");
    }

    [Fact]
    public async Task History_ThatCannotBeRead_HoldsUpNobodyElseAndIsToldLater()
    {
        Guid broken = await server.StartAsync("branching", NewKey());
        Guid sound = await server.StartAsync("branching", NewKey());
        string entries = (await server.Postgres.ScalarAsync<string>("select entries::text from journal where instance_id = $1 and revision = 1", broken))!;
        await server.Postgres.ExecuteAsync("update journal set entries = '0' where instance_id = $1 and revision = 1", broken);
        (HttpClient person, _) = await SignInAsync();
        await using HubClient unlucky = await HubClient.ConnectAsync(server.Address, person);
        await using HubClient other = await HubClient.ConnectAsync(server.Address, person);

        await unlucky.ObserveAsync(broken);
        await other.ObserveAsync(sound);
        (await other.HearAsync()).Target.Should().Be("ActivityExecutionLogUpdatedAsync");
        bool wasTold = unlucky.HasHeard();
        await server.Postgres.ExecuteAsync("update journal set entries = $2::json where instance_id = $1 and revision = 1", broken, entries);

        wasTold.Should().BeFalse();
        (await unlucky.HearAsync()).Target.Should().Be("ActivityExecutionLogUpdatedAsync");
    }

    [Fact]
    public async Task Look_WithNobodyWatching_AsksNothing()
    {
        InstanceWatch watch = ActivatorUtilities.CreateInstance<InstanceWatch>(server.Services, new EngagementFlows.Postgres.FlowsDatabase("Host=127.0.0.1;Port=1;Timeout=1"));

        (await watch.LookAsync(CancellationToken.None)).Should().Be(0, "a question to that database would fail");
    }

    [Fact]
    public async Task Session_ThatEnds_IsCut()
    {
        Guid id = await server.StartAsync("waiting");
        (HttpClient person, Guid personId) = await SignInAsync();
        await using HubClient viewer = await HubClient.ConnectAsync(server.Address, person);
        await viewer.ObserveAsync(id);
        (HttpClient second, _) = await SignInAsync();
        await using HubClient neighbour = await HubClient.ConnectAsync(server.Address, second);

        await server.Postgres.ExecuteAsync("update person set roles = array['account-manager'] where id = $1", personId);
        await server.Services.GetRequiredService<InstanceWatch>().CheckSessionsAsync(CancellationToken.None);

        await viewer.Cut.WaitAsync(TimeSpan.FromMinutes(1));
        neighbour.Cut.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Socket_FromAnotherSite_IsRefused()
    {
        (HttpClient person, _) = await SignInAsync();
        foreach (string origin in (string[])["https://elsewhere.example", "null"])
        {
            Func<Task> connect = async () => await HubClient.ConnectAsync(server.Address, person, origin);
            (await connect.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("403");
        }
    }

    [Fact]
    public async Task Negotiation_LetsInWhoMaySeeTheDesigner()
    {
        (await NegotiateAsync(server.Anonymous())).Should().Be(HttpStatusCode.Unauthorized);
        (await NegotiateAsync((await server.SignInAsync(StaffRoles.AccountManager)).Client)).Should().Be(HttpStatusCode.Forbidden);
        (await NegotiateAsync((await server.SignInAsync(StaffRoles.Auditor)).Client)).Should().Be(HttpStatusCode.OK);
        HttpClient program = server.Anonymous();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", ServerFixture.KeyOf(StaffRoles.Operator));
        (await NegotiateAsync(program)).Should().Be(HttpStatusCode.OK);
        HttpClient foreign = (await server.SignInAsync(StaffRoles.Operator)).Client;
        foreign.DefaultRequestHeaders.Remove("X-EngagementFlows");
        (await NegotiateAsync(foreign)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task OnePerson_WithTooManyConnections_IsRefusedFurtherOnes()
    {
        (HttpClient person, _) = await SignInAsync();
        List<HubClient> open = [];
        try
        {
            for (int i = 0; i < InstanceWatch.MostOfOne; i++)
                open.Add(await HubClient.ConnectAsync(server.Address, person));
            await using HubClient further = await HubClient.ConnectAsync(server.Address, person);
            await further.Cut.WaitAsync(TimeSpan.FromMinutes(1));
            (HttpClient another, _) = await SignInAsync();
            await using HubClient neighbour = await HubClient.ConnectAsync(server.Address, another);
            await neighbour.ObserveAsync(await server.StartAsync("waiting"));
        }
        finally
        {
            foreach (HubClient client in open)
                await client.DisposeAsync();
        }
    }

    private static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    private static async Task<HttpStatusCode> NegotiateAsync(HttpClient client)
    {
        using HttpResponseMessage answer = await client.PostAsync("elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null);
        return answer.StatusCode;
    }

    // The client's own origin header belongs to the first server; the hub's client brings one of its own.
    private async Task<(HttpClient Client, Guid PersonId)> SignInAsync()
    {
        (HttpClient client, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        client.DefaultRequestHeaders.Remove("Origin");
        return (client, id);
    }
}
