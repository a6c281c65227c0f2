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
        JsonElement list = await ReadAsync(await Operator.GetAsync("api/definitions?published=true"));

        list.EnumerateArray().Select(one => one.GetProperty("definitionId").GetString()).Should().Contain(["ending", "failing", "waiting"]);
        list.EnumerateArray().Should().OnlyContain(one => one.GetProperty("state").GetString() == "published");
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
        using HttpResponseMessage own = await Operator.PostAsync("api/definitions/versions/watched-v1/publish", null);
        using HttpResponseMessage other = await Administrator.PostAsync("api/definitions/versions/watched-v1/publish", null);

        early.StatusCode.Should().Be(HttpStatusCode.Conflict);
        own.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ProblemAsync(own)).Should().Contain("four eyes");
        other.StatusCode.Should().Be(HttpStatusCode.NoContent);
        await server.StartAsync("watched");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where chain = 'definition/watched' and act like 'Definition%'")).Should().Be(3);
    }

    [Fact]
    public async Task Submit_FaultyDraft_IsBlocked()
    {
        (await Operator.PostAsync("api/definitions/import", Json(Definition("faulty", """{ "id": "Main", "type": "No.Such" }""")))).StatusCode.Should().Be(HttpStatusCode.Created);

        using HttpResponseMessage answer = await Operator.PostAsync("api/definitions/versions/faulty-v1/submit", null);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("No.Such");
    }
}
