using System.IO.Compression;
using System.Net;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>What people do to instances in the Studio; what is refused is told beside the answer and breaks nothing.</summary>
public sealed class InstanceActTests(InstancesFixture server) : IClassFixture<InstancesFixture>
{
    private const string Notice = "X-EngagementFlows-Notice";

    [Fact]
    public async Task Cancel_EndsItOnce_UnderTheCallersName()
    {
        Guid id = await server.StartAsync("waiting");

        using HttpResponseMessage first = await server.PostAsync($"cancel/workflow-instances/{id}");
        using HttpResponseMessage again = await server.PostAsync($"cancel/workflow-instances/{id}");

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        first.Headers.Contains(Notice).Should().BeFalse();
        again.StatusCode.Should().Be(HttpStatusCode.OK, "the Studio takes any other answer for a broken program");
        NoticeOf(again).Should().Contain("ended already");
        (await StatusAsync(id)).Should().Be("cancelled");
        (await AuditedAsync("InstanceCancelled", id)).Should().Be("key:operator");
    }

    [Fact]
    public async Task Delete_TakesOnlyWhatHasEnded()
    {
        Guid ended = await server.StartAsync("ending");
        Guid running = await server.StartAsync("waiting");

        using HttpResponseMessage gone = await server.Operator.DeleteAsync($"elsa/api/workflow-instances/{ended}");
        using HttpResponseMessage refused = await server.Operator.DeleteAsync($"elsa/api/workflow-instances/{running}");

        gone.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(ended)).Should().BeNull();
        (await AuditedAsync("InstanceDeleted", ended)).Should().Be("key:operator");
        refused.StatusCode.Should().Be(HttpStatusCode.NoContent);
        NoticeOf(refused).Should().Contain("still running");
        (await StatusAsync(running)).Should().Be("suspended");
    }

    [Fact]
    public async Task Refusal_IsToldInTheReadersLanguage()
    {
        Guid ended = await server.StartAsync("ending");
        using HttpRequestMessage request = new(HttpMethod.Post, $"elsa/api/cancel/workflow-instances/{ended}");
        request.Headers.Add("Accept-Language", "zh-CN");

        using HttpResponseMessage answer = await server.Operator.SendAsync(request);

        NoticeOf(answer).Should().Be("该实例已经结束，无需取消。");
    }

    [Fact]
    public async Task BulkActs_ByIds_PassOverWhatDoesNotFit()
    {
        Guid[] running = [await server.StartAsync("waiting"), await server.StartAsync("waiting")];
        Guid ended = await server.StartAsync("ending");
        string[] ids = [.. running.Select(id => id.ToString()), ended.ToString(), "no such id"];

        using HttpResponseMessage cancelled = await server.PostAsync("bulk-actions/cancel/workflow-instances", new { ids, definitionVersionId = (string?)null, definitionId = (string?)null, versionOptions = (object?)null });
        using HttpResponseMessage deleted = await server.PostAsync("bulk-actions/delete/workflow-instances/by-id", new { ids = new[] { running[0], ended } });

        (await InstancesFixture.ReadAsync(cancelled)).GetProperty("cancelled").GetInt32().Should().Be(2);
        NoticeOf(cancelled).Should().Contain("2 of 3");
        (await StatusAsync(running[1])).Should().Be("cancelled");
        (await InstancesFixture.ReadAsync(deleted)).GetProperty("deleted").GetInt32().Should().Be(2);
        deleted.Headers.Contains(Notice).Should().BeFalse();
        (await StatusAsync(running[0])).Should().BeNull();
    }

    [Fact]
    public async Task BulkCancel_OfAVersionOrDefinition_EndsItsInstancesAlone()
    {
        await server.StartAsync("mendable");
        Guid[] mine = [await server.StartAsync("mendable"), await server.StartAsync("mendable")];
        Guid other = await server.StartAsync("waiting");

        (await server.AskAsync("bulk-actions/cancel/workflow-instances", new { ids = (object?)null, definitionVersionId = "no-such-version" })).GetProperty("cancelled").GetInt32().Should().Be(0);
        (await server.AskAsync("bulk-actions/cancel/workflow-instances", new { definitionId = "mendable", versionOptions = "2" })).GetProperty("cancelled").GetInt32().Should().Be(0);
        (await server.AskAsync("bulk-actions/cancel/workflow-instances", new { })).GetProperty("cancelled").GetInt32().Should().Be(0, "nothing was named");
        (await server.AskAsync("bulk-actions/cancel/workflow-instances", new { definitionVersionId = "mendable-v1" })).GetProperty("cancelled").GetInt32().Should().BeGreaterThanOrEqualTo(3);
        (await StatusAsync(mine[0])).Should().Be("cancelled");
        (await StatusAsync(other)).Should().Be("suspended");
        Guid published = await server.StartAsync("mendable");
        (await server.AskAsync("bulk-actions/cancel/workflow-instances", new { definitionId = "mendable", versionOptions = "Published" })).GetProperty("cancelled").GetInt32().Should().Be(1);
        (await StatusAsync(published)).Should().Be("cancelled");
    }

    [Fact]
    public async Task Plan_ToCancelAllMatches_EndsWhatTheFilterFinds()
    {
        string key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        Guid[] mine = [await server.StartAsync("waiting", key), await server.StartAsync("waiting", key), await server.StartAsync("failing", key)];
        Guid other = await server.StartAsync("waiting");
        object Plan(object filter, string type = "Cancel") => new { alterations = new[] { new { type } }, filter };

        using HttpResponseMessage migrate = await server.PostAsync("alterations/submit", Plan(new { searchTerm = key }, "Migrate"));
        await server.AskAsync("alterations/submit", Plan(new { emptyFilterSelectsAll = false }));
        (await StatusAsync(other)).Should().Be("suspended", "a filter that narrows nothing means nothing unless it says so");
        JsonElement answer = await server.AskAsync("alterations/submit", Plan(new { emptyFilterSelectsAll = true, searchTerm = key, isSystem = false, subStatuses = new[] { "Suspended", "Finished" }, definitionIds = new[] { "waiting" } }));

        migrate.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.GetProperty("planId").GetString().Should().NotBeNullOrEmpty();
        (await StatusAsync(mine[0])).Should().Be("cancelled");
        (await StatusAsync(mine[1])).Should().Be("cancelled");
        (await StatusAsync(mine[2])).Should().Be("suspended");
        (await StatusAsync(other)).Should().Be("suspended");
    }

    [Fact]
    public async Task Export_HoldsStateAndJournal_ImportIsRefused()
    {
        Guid id = await server.StartAsync("branching");

        using HttpResponseMessage single = await server.Operator.GetAsync($"elsa/api/workflow-instances/{id}/export");
        using HttpResponseMessage several = await server.PostAsync("bulk-actions/export/workflow-instances", new { ids = new[] { id, Guid.Empty } });

        JsonElement file = await InstancesFixture.ReadAsync(single);
        single.Content.Headers.ContentDisposition!.FileName.Should().Be($"{id}.json");
        file.GetProperty("instance").GetProperty("id").GetGuid().Should().Be(id);
        file.GetProperty("journal").GetArrayLength().Should().BeGreaterThan(4);
        using ZipArchive archive = new(await several.Content.ReadAsStreamAsync());
        archive.Entries.Select(entry => entry.FullName).Should().Equal($"{id}.json");
        using MultipartFormDataContent form = new() { { new ByteArrayContent(await single.Content.ReadAsByteArrayAsync()), "files", $"{id}.json" } };
        using HttpResponseMessage imported = await server.Operator.PostAsync("elsa/api/bulk-actions/import/workflow-instances", form);
        (await InstancesFixture.ReadAsync(imported)).GetProperty("count").GetInt32().Should().Be(0);
        NoticeOf(imported).Should().Contain("cannot be imported");
    }

    [Fact]
    public async Task Architect_LooksAndEndsNothing()
    {
        Guid id = await server.StartAsync("waiting");
        HttpClient architect = server.Program(StaffRoles.Architect);

        (await server.GetAsync($"workflow-instances/{id}", architect)).GetProperty("id").GetGuid().Should().Be(id);
        foreach ((string method, string path) in new[]
            {
                ("POST", $"cancel/workflow-instances/{id}"), ("DELETE", $"workflow-instances/{id}"), ("POST", "bulk-actions/cancel/workflow-instances"), ("POST", "bulk-actions/delete/workflow-instances/by-id"),
                ("POST", "alterations/submit"), ("POST", "bulk-actions/import/workflow-instances"),
            })
        {
            using HttpRequestMessage request = new(new HttpMethod(method), $"elsa/api/{path}") { Content = Api.ApiFixture.Json("{}") };
            using HttpResponseMessage answer = await architect.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
        }

        (await StatusAsync(id)).Should().Be("suspended");
    }

    private static string NoticeOf(HttpResponseMessage answer)
    {
        answer.Headers.GetValues(Notice).Should().Equal("refused");
        return Uri.UnescapeDataString(answer.Headers.GetValues("X-EngagementFlows-Notice-Text").Single());
    }

    private Task<string?> StatusAsync(Guid id) => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", id);

    private Task<string?> AuditedAsync(string act, Guid id) => server.Postgres.ScalarAsync<string>("select actor from audit where act = $1 and subject = $2", act, $"instance/{id}");
}
