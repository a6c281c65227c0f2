using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>One act on many instances, each with its own result.</summary>
public sealed class BulkTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private HttpClient Operator => server.Program("operator");

    [Fact]
    public async Task Cancel_ByIds_AnswersOneByOne()
    {
        Guid[] running = [await server.StartAsync("waiting"), await server.StartAsync("waiting")];
        Guid ended = await server.StartAsync("ending");
        Guid unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        JsonElement answer = await ActAsync(new { act = "cancel", ids = (Guid[])[.. running, ended, unknown], reason = "Tidying up." });

        OutcomeOf(answer, running[0]).Should().Be("done");
        OutcomeOf(answer, running[1]).Should().Be("done");
        OutcomeOf(answer, ended).Should().Be("skipped");
        OutcomeOf(answer, unknown).Should().Be("skipped");
        answer.GetProperty("done").GetInt32().Should().Be(2);
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance where id = any ($1) and status = 'cancelled'", running)).Should().Be(2);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'InstanceCancelled' and subject = any ($1)", (object)running.Select(id => $"instance/{id}").ToArray())).Should().Be(2);
    }

    [Fact]
    public async Task DryRun_CountsAndChangesNothing()
    {
        string key = await StartSeveralAsync(3);

        JsonElement answer = await ActAsync(new { act = "cancel", filter = new { correlationId = key }, limit = 2, dryRun = true });

        answer.GetProperty("matched").GetInt64().Should().Be(3);
        answer.GetProperty("left").GetInt64().Should().Be(1);
        answer.GetProperty("items").GetArrayLength().Should().Be(2);
        answer.GetProperty("items").EnumerateArray().Should().OnlyContain(item => item.GetProperty("outcome").GetString() == "wouldDo");
        (await RunningAsync(key)).Should().Be(3);
    }

    [Fact]
    public async Task Filter_WithALimit_TakesTheOldestAndLeavesTheRest()
    {
        string key = await StartSeveralAsync(3);

        JsonElement answer = await ActAsync(new { act = "cancel", filter = new { correlationId = key, definitionId = "waiting" }, limit = 2, reason = "Half." });

        answer.GetProperty("left").GetInt64().Should().Be(1);
        (await RunningAsync(key)).Should().Be(1);
    }

    [Fact]
    public async Task SameKey_DoesItOnce()
    {
        string key = await StartSeveralAsync(3);
        object act = new { act = "cancel", filter = new { correlationId = key }, limit = 2, reason = "Once." };

        using HttpResponseMessage first = await PostAsync(act, key);
        using HttpResponseMessage again = await PostAsync(act, key);

        (await again.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        again.Headers.GetValues("Idempotency-Replayed").Should().Equal("true");
        (await RunningAsync(key)).Should().Be(1, "the repetition took no further ones");
    }

    [Fact]
    public async Task Retry_RunsTheFailedActivityAgain()
    {
        Guid failing = await server.StartAsync("failing");
        Guid before = await IncidentAsync(failing);

        JsonElement answer = await ActAsync(new { act = "retry", ids = new[] { failing }, reason = "Mended." });

        OutcomeOf(answer, failing).Should().Be("done");
        (await IncidentAsync(failing)).Should().NotBe(before, "it failed again, as a new incident");
    }

    [Fact]
    public async Task Delete_TakesOnlyWhatHasEnded()
    {
        Guid ended = await server.StartAsync("ending");
        Guid running = await server.StartAsync("waiting");

        JsonElement answer = await ActAsync(new { act = "delete", ids = new[] { ended, running }, reason = "A trial." });

        OutcomeOf(answer, ended).Should().Be("done");
        OutcomeOf(answer, running).Should().Be("skipped");
        (await Operator.GetAsync($"api/instances/{ended}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Operator.GetAsync($"api/instances/{running}")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Postgres.ScalarAsync<string>("select detail->>'reason' from audit where act = 'InstanceDeleted' and subject = $1", $"instance/{ended}")).Should().Be("A trial.");
    }

    [Theory]
    [InlineData("""{"ids":[]}""", "'act' is missing")]
    [InlineData("""{"act":"cancel"}""", "Exactly one of 'ids' and 'filter'")]
    [InlineData("""{"act":"cancel","filter":{}}""", "narrows nothing")]
    [InlineData("""{"act":"cancel","ids":[]}""", "'ids' has 0 members")]
    [InlineData("""{"act":"cancel","filter":{"status":"lost"},"reason":"x"}""", "'filter.status' is 'lost'")]
    [InlineData("""{"act":"cancel","filter":{"status":"running"}}""", "'reason' is missing")]
    [InlineData("""{"act":"burn","filter":{"status":"running"},"reason":"x"}""", "$.act")]
    public async Task Request_ThatMeansNothing_IsRefused(string body, string why)
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances/bulk", Json(body));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ProblemAsync(answer)).Should().Contain(why);
    }

    private static string? OutcomeOf(JsonElement answer, Guid id) =>
        answer.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == id).GetProperty("outcome").GetString();

    private async Task<JsonElement> ActAsync(object request)
    {
        using HttpResponseMessage answer = await PostAsync(request, key: null);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    private async Task<HttpResponseMessage> PostAsync(object request, string? key)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, "api/instances/bulk") { Content = JsonContent.Create(request) };
        if (key is not null)
            message.Headers.Add("Idempotency-Key", key);
        return await Operator.SendAsync(message);
    }

    private async Task<string> StartSeveralAsync(int count)
    {
        string key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        for (int i = 0; i < count; i++)
            (await Operator.PostAsJsonAsync("api/instances", new { definitionId = "waiting", correlationId = key })).EnsureSuccessStatusCode();
        return key;
    }

    private Task<long> RunningAsync(string key) => server.Postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = $1 and finished_at is null", key);

    private Task<Guid> IncidentAsync(Guid instance) => server.Postgres.ScalarAsync<Guid>("select id from incident where instance_id = $1 and resolved_at is null", instance);
}
