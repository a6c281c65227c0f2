using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;

namespace EngagementFlows.Server.Tests.Definitions;

public sealed class DefinitionArchivesApiTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Import_PreviewFirst_StoresNothingAndSaysTheSame()
    {
        byte[] zip = DefinitionArchiveTests.Zip(("zip-a/zip-a.json", ApiFixture.Ending("zip-a")), ("zip-a/mail/hello.en.md", "Hello"), ("zip-b/zip-b.json", ApiFixture.Waiting("zip-b")));

        JsonElement preview = await OkAsync(zip, "?preview=true");
        long before = await CountAsync();
        JsonElement stored = await OkAsync(zip);
        JsonElement again = await OkAsync(zip);
        JsonElement changed = await OkAsync(DefinitionArchiveTests.Zip(("zip-a/zip-a.json", ApiFixture.Ending("zip-a")), ("zip-a/mail/hello.en.md", "Good day")));

        Outcomes(preview).Should().Equal("new", "new");
        before.Should().Be(0);
        (stored.GetProperty("isStored").GetBoolean(), preview.GetProperty("isStored").GetBoolean()).Should().Be((true, false));
        Outcomes(again).Should().Equal("unchanged", "unchanged");
        Outcomes(changed).Should().Equal("new-version");
        (await CountAsync()).Should().Be(3);
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition where definition_id like 'zip-%' and state <> 'draft'")).Should().Be(0, "four eyes publish");
    }

    [Theory]
    [InlineData("{ no json", "zip-bad")]
    [InlineData("{\"definitionId\":\"zip-good\",\"id\":\"x\",\"version\":1,\"root\":{\"id\":\"M\",\"type\":\"Elsa.WriteLine\"}}", "times")]
    public async Task Import_OneThatCannotBe_StoresNone(string other, string reason)
    {
        long before = await CountAsync();

        using HttpResponseMessage answer = await PostAsync(DefinitionArchiveTests.Zip(("zip-good/zip-good.json", ApiFixture.Ending("zip-good")), ("zip-bad/zip-bad.json", other)));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.ProblemAsync(answer)).Should().Contain(reason);
        (await CountAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Import_SeveralVersionsOfOne_TakesTheNewestWhateverTheOrder()
    {
        static string Version(int number) => ApiFixture.Definition("many-of", $$"""{ "id": "Main", "type": "Elsa.WriteLine", "text": "text {{number}}" }""").Replace("\"version\": 1", $"\"version\": {number}", StringComparison.Ordinal);

        JsonElement stored = await OkAsync(DefinitionArchiveTests.Zip(("a/a.json", Version(2)), ("b/b.json", Version(10)), ("c/c.json", Version(9))));

        Outcomes(stored).Should().Equal("older", "new", "older");
        (await server.Postgres.ScalarAsync<string>("select string_agg(json::json #>> '{root,text}', ' ') from definition where definition_id = 'many-of'")).Should().Be("text 10");
    }

    [Fact]
    public async Task Import_JsonOfGreatDepth_IsRefused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);

        using HttpResponseMessage answer = await PostAsync(DefinitionArchiveTests.Zip(("zip-deep/zip-deep.json", deep)));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Import_ZipSlip_IsRefusedByItsName()
    {
        using HttpResponseMessage answer = await PostAsync(DefinitionArchiveTests.Zip(("../../etc/cron.json", "{}")));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.ProblemAsync(answer)).Should().Contain("'../../etc/cron.json'");
    }

    private static IEnumerable<string?> Outcomes(JsonElement outcome) =>
        outcome.GetProperty("definitions").EnumerateArray().Select(definition => definition.GetProperty("outcome").GetString());

    private Task<long> CountAsync() => server.Postgres.ScalarAsync<long>("select count(*) from definition where definition_id like 'zip-%'");

    private async Task<JsonElement> OkAsync(byte[] zip, string query = "")
    {
        using HttpResponseMessage answer = await PostAsync(zip, query);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await ApiFixture.ReadAsync(answer);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] zip, string query = "")
    {
        using ByteArrayContent body = new(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        return await server.Program(StaffRoles.Operator).PostAsync("api/definitions/import-archive" + query, body);
    }
}
