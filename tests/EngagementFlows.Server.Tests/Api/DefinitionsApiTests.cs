using System.Net;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

public sealed class DefinitionsApiTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private HttpClient Operator => server.Program(StaffRoles.Operator);

    private HttpClient Administrator => server.Program(StaffRoles.Administrator);

    [Fact]
    public async Task List_AfterStart_HasTheFilesPublished()
    {
        JsonElement list = await ReadAsync(await Operator.GetAsync("api/definitions?published=true&limit=500"));
        JsonElement[] versions = [.. list.GetProperty("items").EnumerateArray()];

        versions.Select(one => one.GetProperty("definitionId").GetString()).Should().Contain(["ending", "failing", "waiting"]);
        versions.Should().OnlyContain(one => one.GetProperty("state").GetString() == "published");
    }

    [Fact]
    public async Task Get_Unknown_IsNotFound()
    {
        using HttpResponseMessage answer = await Operator.GetAsync("api/definitions/nowhere");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ProblemAsync(answer)).Should().Contain("'nowhere'");
    }

    [Fact]
    public async Task Export_OfImport_GivesTheSameText()
    {
        string json = Ending("exported").Replace("\"version\": 1", "\"version\": 1, \"somethingUnknown\": { \"kept\": [1, 2.50] }", StringComparison.Ordinal);
        (await Operator.PostAsync("api/definitions/import", Json(json))).StatusCode.Should().Be(HttpStatusCode.Created);

        using HttpResponseMessage answer = await Operator.GetAsync("api/definitions/exported/export");

        (await answer.Content.ReadAsStringAsync()).Should().Contain("somethingUnknown").And.Contain("2.50");
        answer.Content.Headers.ContentDisposition!.FileName.Should().Be("exported.json");
    }

    [Fact]
    public async Task Import_SameContentAgain_MakesNoVersion()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Ending("same")))).StatusCode.Should().Be(HttpStatusCode.Created);

        using HttpResponseMessage again = await Operator.PostAsync("api/definitions/import", Json(Ending("same").Replace("\"version\": 1", "\"version\":   9", StringComparison.Ordinal)));

        again.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ReadAsync(again)).GetProperty("isNew").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("{", "valid JSON")]
    [InlineData("[]", "array")]
    [InlineData("{}", "definitionId")]
    [InlineData("""{"definitionId":"x","id":"x","options":{"activationStrategyType":"Sometimes"},"root":{"id":"a","type":"Elsa.WriteLine"}}""", "Sometimes")]
    public async Task Import_Refused_SaysWhy(string body, string part)
    {
        using HttpResponseMessage answer = await Operator.PostAsync("api/definitions/import", Json(body));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(part).And.Contain("faults");
    }

    [Fact]
    public async Task Validate_UnknownType_ListsTheFaultAndStoresNothing()
    {
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from definition");

        JsonElement check = await ReadAsync(await Operator.PostAsync("api/definitions/validate", Json(Definition("typo", """{ "id": "Main", "type": "Elsa.WriteLin" }"""))));

        check.GetProperty("canBePublished").GetBoolean().Should().BeFalse();
        check.GetProperty("faults").EnumerateArray().Should().Contain(fault => fault.GetProperty("message").GetString()!.Contains("Elsa.WriteLine"));
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition")).Should().Be(before);
    }

    [Fact]
    public async Task Publish_NeedsFourEyes()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Ending("watched")))).EnsureSuccessStatusCode();

        using HttpResponseMessage early = await Administrator.PostAsync("api/definitions/versions/watched-v1/publish", null);
        (await Operator.PostAsync("api/definitions/versions/watched-v1/submit", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        using HttpResponseMessage unasked = await Operator.PostAsync("api/definitions/versions/watched-v1/publish", null);
        using HttpResponseMessage other = await Administrator.PostAsync("api/definitions/versions/watched-v1/publish", null);

        early.StatusCode.Should().Be(HttpStatusCode.Conflict);
        unasked.StatusCode.Should().Be(HttpStatusCode.Forbidden, "architects and administrators publish");
        other.StatusCode.Should().Be(HttpStatusCode.NoContent);
        await server.StartAsync("watched");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where chain = 'definition/watched' and act like 'Definition%'")).Should().Be(3);
    }

    [Fact]
    public async Task Publish_AndReturn_OfOnesOwnVersion_AreRefused()
    {
        (await Administrator.PostAsync("api/definitions/import", Json(Ending("own")))).EnsureSuccessStatusCode();
        (await Administrator.PostAsync("api/definitions/versions/own-v1/submit", null)).EnsureSuccessStatusCode();

        using HttpResponseMessage published = await Administrator.PostAsync("api/definitions/versions/own-v1/publish", null);
        using HttpResponseMessage returned = await Administrator.PostAsync("api/definitions/versions/own-v1/return", Json("""{ "comment": "Not yet." }"""));

        published.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ProblemAsync(published)).Should().Contain("four eyes");
        returned.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await StateAsync("own-v1")).Should().Be("submitted");
    }

    [Fact]
    public async Task Return_NeedsAComment_AndMakesADraft()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Ending("returned")))).EnsureSuccessStatusCode();
        (await Operator.PostAsync("api/definitions/versions/returned-v1/submit", null)).EnsureSuccessStatusCode();

        using HttpResponseMessage silent = await Administrator.PostAsync("api/definitions/versions/returned-v1/return", Json("{}"));
        using HttpResponseMessage said = await Administrator.PostAsync("api/definitions/versions/returned-v1/return", Json("""{ "comment": "The reminder comes too early." }"""));
        using HttpResponseMessage again = await Administrator.PostAsync("api/definitions/versions/returned-v1/return", Json("""{ "comment": "Once more." }"""));

        silent.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        said.StatusCode.Should().Be(HttpStatusCode.NoContent);
        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await StateAsync("returned-v1")).Should().Be("draft");
        (await server.Postgres.ScalarAsync<string>("select return_comment from definition where id = 'returned-v1'")).Should().Be("The reminder comes too early.");
    }

    [Fact]
    public async Task Submit_FaultyDraft_IsBlocked()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Definition("faulty", """{ "id": "Main", "type": "No.Such" }""")))).StatusCode.Should().Be(HttpStatusCode.Created);

        using HttpResponseMessage answer = await Operator.PostAsync("api/definitions/versions/faulty-v1/submit", null);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("No.Such");
    }

    [Fact]
    public async Task List_PageByPage_HasEveryVersionOnce()
    {
        List<string> seen = [];
        string? after = null;
        do
        {
            JsonElement page = await ReadAsync(await Operator.GetAsync($"api/definitions?limit=2&after={Uri.EscapeDataString(after ?? "")}"));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("versionId").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        seen.Should().OnlyHaveUniqueItems();
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition where id = any ($1)", (object)seen.ToArray())).Should().Be(await server.Postgres.ScalarAsync<long>("select count(*) from definition"));
    }

    [Fact]
    public async Task Retract_OfASubmittedVersion_MakesItADraftAgain()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Ending("withdrawn")))).EnsureSuccessStatusCode();
        (await Operator.PostAsync("api/definitions/versions/withdrawn-v1/submit", null)).EnsureSuccessStatusCode();

        using HttpResponseMessage answer = await Operator.PostAsync("api/definitions/versions/withdrawn-v1/retract", null);
        using HttpResponseMessage published = await Administrator.PostAsync("api/definitions/versions/withdrawn-v1/publish", null);

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        published.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await StateAsync("withdrawn-v1")).Should().Be("draft");
    }

    [Fact]
    public async Task Retract_OfAPublishedVersion_LetsNothingStartAndWhatRunsGoOn()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Waiting("stopped")))).EnsureSuccessStatusCode();
        (await Operator.PostAsync("api/definitions/versions/stopped-v1/submit", null)).EnsureSuccessStatusCode();
        (await Administrator.PostAsync("api/definitions/versions/stopped-v1/publish", null)).EnsureSuccessStatusCode();
        Guid running = await server.StartAsync("stopped");

        using HttpResponseMessage answer = await Operator.PostAsync("api/definitions/versions/stopped-v1/retract", null);
        using HttpResponseMessage start = await Operator.PostAsync("api/instances", Json("""{"definitionId":"stopped"}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        start.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Operator.PostAsync("api/events", Json("""{"name":"Go"}"""))).EnsureSuccessStatusCode();
        await EngagementFlows.Testing.Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", running), "finished");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'DefinitionRetracted' and subject = 'version/stopped-v1'")).Should().Be(1);
    }

    [Fact]
    public async Task Publish_OfAnOldView_IsRefusedWithWhoAndWhen()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Ending("raced")))).EnsureSuccessStatusCode();
        using HttpResponseMessage seen = await Operator.GetAsync("api/definitions/versions/raced-v1");
        (await Operator.PostAsync("api/definitions/versions/raced-v1/submit", null)).EnsureSuccessStatusCode();
        using HttpRequestMessage late = new(HttpMethod.Post, "api/definitions/versions/raced-v1/submit");
        late.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.Tag);

        using HttpResponseMessage answer = await Administrator.SendAsync(late);

        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ProblemAsync(answer)).Should().Contain("'DefinitionSubmitted' by 'key:operator'");
    }

    private Task<string?> StateAsync(string versionId) => server.Postgres.ScalarAsync<string>("select state from definition where id = $1", versionId);
}
