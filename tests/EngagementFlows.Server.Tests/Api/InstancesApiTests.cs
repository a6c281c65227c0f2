using System.Net;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

public sealed class InstancesApiTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private HttpClient Operator => server.Program(StaffRoles.Operator);

    [Fact]
    public async Task Start_FlowThatWaits_AnswersSuspended()
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", Json("""{"definitionId":"waiting","name":"first","input":{"A":1}}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        JsonElement instance = (await ReadAsync(answer)).GetProperty("instance");
        instance.GetProperty("status").GetString().Should().Be("suspended");
        instance.GetProperty("name").GetString().Should().Be("first");
    }

    [Fact]
    public async Task Start_FlowThatEnds_AnswersFinished()
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", Json("""{"definitionId":"ending"}"""));

        (await ReadAsync(answer)).GetProperty("instance").GetProperty("status").GetString().Should().Be("finished");
    }

    [Theory]
    [InlineData("""{"definitionId":"nowhere"}""", HttpStatusCode.UnprocessableEntity, "'nowhere'")]
    [InlineData("""{"definitionId":"staging","correlationId":"0197a000-0000-7000-8000-00000000dead"}""", HttpStatusCode.UnprocessableEntity, "which does not exist. Start it with the id of an engagement")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "'definitionId' is missing")]
    [InlineData("""{"definitionId":"waiting","versionId":"waiting-v77"}""", HttpStatusCode.UnprocessableEntity, "waiting-v77")]
    [InlineData("""{"definitionId":"waiting","surprise":1}""", HttpStatusCode.BadRequest, "$.surprise")]
    [InlineData("""{"definitionId":7}""", HttpStatusCode.BadRequest, "$.definitionId")]
    [InlineData("""{"definitionId":"waiting","input":[1]}""", HttpStatusCode.BadRequest, "$.input")]
    [InlineData("""{"definitionId":"waiting","definitionId":"ending"}""", HttpStatusCode.BadRequest, "definitionId")]
    [InlineData("""{"definitionId":"waiting"}{}""", HttpStatusCode.BadRequest, "line 1")]
    [InlineData("""{"definitionId":""", HttpStatusCode.BadRequest, "line 1")]
    [InlineData("""{"definitionId":"waiting","name":"a\u0000b"}""", HttpStatusCode.BadRequest, "U+0000")]
    [InlineData("""{"definitionId":"waiting","input":{"\u0000":1}}""", HttpStatusCode.BadRequest, "U+0000")]
    [InlineData("[]", HttpStatusCode.BadRequest, "not the JSON that is expected")]
    [InlineData("null", HttpStatusCode.BadRequest, "'definitionId' is missing")]
    [InlineData("", HttpStatusCode.BadRequest, "'definitionId' is missing")]
    public async Task Start_BadBody_SaysWhatIsWrongAndStartsNothing(string body, HttpStatusCode status, string part)
    {
        long before = await CountAsync();

        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", Json(body));

        answer.StatusCode.Should().Be(status);
        (await ProblemAsync(answer)).Should().Contain(part);
        (await CountAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Start_ZeroAfterEscapedBackslash_IsPlainText()
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", Json("""{"definitionId":"ending","name":"a\\u0000b"}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Start_BodyOverTheLimit_IsRefusedAndTheServerLivesOn()
    {
        string huge = $$"""{"definitionId":"ending","name":"{{new string('x', 50 * 1024 * 1024)}}"}""";

        using HttpRequestMessage request = new(HttpMethod.Post, "api/instances") { Content = Json(huge) };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage answer = await Operator.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await ProblemAsync(answer)).Should().Contain("EngagementFlows:Api:MaxBodyBytes");
        (await Operator.GetAsync("health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_DeepJson_IsRefused()
    {
        string deep = $$"""{"input":{"a":{{new string('[', 200)}}{{new string(']', 200)}} },"definitionId":"ending"}""";

        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", Json(deep));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await ProblemAsync(answer);
    }

    [Fact]
    public async Task Start_OtherContentType_IsRefused()
    {
        using StringContent text = new("definitionId=ending", Encoding.UTF8, "application/x-www-form-urlencoded");

        using HttpResponseMessage answer = await Operator.PostAsync("api/instances", text);

        answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await ProblemAsync(answer)).Should().Contain("application/json");
    }

    [Fact]
    public async Task Dispatch_KnownDefinition_IsRunInTheBackground()
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances/dispatch", Json("""{"definitionId":"ending"}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        Guid id = (await ReadAsync(answer)).GetProperty("id").GetGuid();
        await Eventually.BecomesAsync(async () => (await Operator.GetAsync($"api/instances/{id}")).StatusCode, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Dispatch_UnknownDefinition_IsRefusedAtOnce()
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/instances/dispatch", Json("""{"definitionId":"nowhere"}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Get_UnknownId_IsNotFound()
    {
        using HttpResponseMessage answer = await Operator.GetAsync("api/instances/00000000-0000-7000-8000-000000000000");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await ProblemAsync(answer);
    }

    [Fact]
    public async Task Get_NoGuid_IsNotFoundAsProblem()
    {
        using HttpResponseMessage answer = await Operator.GetAsync("api/instances/seven");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await ProblemAsync(answer);
    }

    [Fact]
    public async Task List_Pages_GiveEachInstanceOnce()
    {
        for (int i = 0; i < 5; i++)
            await server.StartAsync("waiting");
        List<Guid> seen = [];
        string? after = null;
        do
        {
            JsonElement page = await ReadAsync(await Operator.GetAsync($"api/instances?definitionId=waiting&limit=2{(after is null ? "" : $"&after={after}")}"));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        seen.Should().OnlyHaveUniqueItems();
        ((long)seen.Count).Should().Be(await server.Postgres.ScalarAsync<long>("select count(*) from instance where definition_id = 'waiting'"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=many")]
    [InlineData("status=happy")]
    [InlineData("after=xyz")]
    [InlineData("search=%00")]
    public async Task List_BadQuery_SaysWhatIsWrong(string query)
    {
        using HttpResponseMessage answer = await Operator.GetAsync($"api/instances?{query}");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await ProblemAsync(answer);
    }

    [Fact]
    public async Task Cancel_Twice_SaysThatItHasEnded()
    {
        Guid id = await server.StartAsync("waiting");

        using HttpResponseMessage first = await Operator.PostAsync($"api/instances/{id}/cancel", Json("""{"reason":"not wanted"}"""));
        using HttpResponseMessage second = await Operator.PostAsync($"api/instances/{id}/cancel", Json("{}"));

        (await ReadAsync(first)).GetProperty("status").GetString().Should().Be("cancelled");
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ProblemAsync(second)).Should().Contain("'cancelled'");
    }

    [Fact]
    public async Task Cancel_StaleRevision_IsRefusedAndChangesNothing()
    {
        Guid id = await server.StartAsync("waiting");

        using HttpResponseMessage answer = await Operator.PostAsync($"api/instances/{id}/cancel", Json("""{"revision":77}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ProblemAsync(answer)).Should().Contain("'77'");
        (await server.Postgres.ScalarAsync<string>("select status from instance where id = $1", id)).Should().Be("suspended");
    }

    [Fact]
    public async Task Cancel_ByAPerson_IsAudited()
    {
        (HttpClient client, Guid personId) = await server.SignInAsync(StaffRoles.Operator);
        Guid id = await server.StartAsync("waiting");

        (await client.PostAsync($"api/instances/{id}/cancel", Json("""{"reason":"not wanted"}"""))).EnsureSuccessStatusCode();

        (await server.Postgres.ScalarAsync<string>("select actor from audit where act = 'InstanceCancelled' and subject = $1", $"instance/{id:D}"))
            .Should().Be($"person:{personId:D}");
    }

    [Fact]
    public async Task Journal_TellsWhatHappened()
    {
        Guid id = await server.StartAsync("waiting");

        JsonElement journal = await ReadAsync(await Operator.GetAsync($"api/instances/{id}/journal"));

        journal.GetProperty("items").GetArrayLength().Should().Be(1);
        journal.GetProperty("items")[0].GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()).Should().Contain("Suspended");
    }

    [Fact]
    public async Task Journal_UnknownInstance_IsNotFound() =>
        (await Operator.GetAsync("api/instances/00000000-0000-7000-8000-000000000000/journal")).StatusCode.Should().Be(HttpStatusCode.NotFound);

    [Fact]
    public async Task Incident_RetriedAndSkipped_EndsTheInstance()
    {
        Guid id = await server.StartAsync("failing");
        JsonElement incident = (await ReadAsync(await Operator.GetAsync($"api/incidents?instanceId={id}"))).GetProperty("items")[0];
        Guid incidentId = incident.GetProperty("id").GetGuid();

        using HttpResponseMessage retried = await Operator.PostAsync($"api/instances/{id}/incidents/{incidentId}/retry", Json("{}"));
        using HttpResponseMessage again = await Operator.PostAsync($"api/instances/{id}/incidents/{incidentId}/retry", Json("{}"));

        retried.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ReadAsync(retried)).GetProperty("openIncidents").GetInt32().Should().Be(1);
        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
        Guid second = (await ReadAsync(await Operator.GetAsync($"api/incidents?instanceId={id}"))).GetProperty("items")[0].GetProperty("id").GetGuid();
        using HttpResponseMessage noReason = await Operator.PostAsync($"api/instances/{id}/incidents/{second}/skip", Json("{}"));
        using HttpResponseMessage skipped = await Operator.PostAsync($"api/instances/{id}/incidents/{second}/skip", Json("""{"reason":"done by hand"}"""));
        noReason.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ReadAsync(skipped)).GetProperty("status").GetString().Should().Be("finished");
    }

    [Fact]
    public async Task Incident_RetriedWithAVariable_GoesOnAndKeepsTheReason()
    {
        Guid id = await server.StartAsync("mendable");
        Guid incident = (await ReadAsync(await Operator.GetAsync($"api/incidents?instanceId={id}"))).GetProperty("items")[0].GetProperty("id").GetGuid();
        string address = $"api/instances/{id}/incidents/{incident}/retry";

        using HttpResponseMessage without = await Operator.PostAsync(address, Json("""{"variables":{"Ready":true}}"""));
        using HttpResponseMessage unknown = await Operator.PostAsync(address, Json("""{"variables":{"Redy":true},"reason":"Because."}"""));
        using HttpResponseMessage mended = await Operator.PostAsync(address, Json("""{"variables":{"Ready":true},"reason":"The papers came by post."}"""));

        without.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ProblemAsync(without)).Should().Contain("'reason'");
        unknown.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        mended.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ReadAsync(await Operator.GetAsync($"api/instances/{id}"))).GetProperty("variables").GetProperty("Ready").GetBoolean().Should().BeTrue();
        JsonElement resolved = (await ReadAsync(await Operator.GetAsync($"api/incidents?instanceId={id}&all=true"))).GetProperty("items")[0];
        (resolved.GetProperty("resolution").GetString(), resolved.GetProperty("reason").GetString(), resolved.GetProperty("resolvedBy").GetString()).Should().Be(("retried", "The papers came by post.", "operator"));
        (await Operator.GetStringAsync($"api/instances/{id}/journal")).Should().Contain("The papers came by post.");
        (await server.Postgres.ScalarAsync<string>(
            "select concat_ws('; ', actor, detail->>'incident', detail->>'reason', detail->'variables'->>0) from audit where act = 'IncidentRetried' and subject = $1", $"instance/{id}"))
            .Should().Be($"key:operator; {incident}; The papers came by post.; Ready", "and the audit holds one act: what was refused was not done");
    }

    [Theory]
    [InlineData("cancel", "InstanceCancelled")]
    [InlineData("incidents/INCIDENT/skip", "IncidentSkipped")]
    [InlineData("incidents/INCIDENT/retry", "IncidentRetried")]
    public async Task Act_WithAReason_IsAuditedWithIt(string act, string audited)
    {
        Guid id = await server.StartAsync("failing");
        Guid incident = await server.Postgres.ScalarAsync<Guid>("select id from incident where instance_id = $1", id);

        using HttpResponseMessage done = await Operator.PostAsync($"api/instances/{id}/{act.Replace("INCIDENT", $"{incident}", StringComparison.Ordinal)}", Json("""{"reason":"Agreed with the client."}"""));

        done.StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Postgres.ScalarAsync<string>("select detail->>'reason' from audit where act = $1 and subject = $2", audited, $"instance/{id}")).Should().Be("Agreed with the client.");
    }

    [Fact]
    public async Task Event_Published_ResumesWhatWaits()
    {
        Guid id = await server.StartAsync("waiting");

        using HttpResponseMessage answer = await Operator.PostAsync("api/events", Json($$"""{"payload":{"a":[1,2]},"name":"Go","instanceId":"{{id}}"}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", id), "finished");
    }

    private Task<long> CountAsync() => server.Postgres.ScalarAsync<long>("select count(*) from instance");
}
