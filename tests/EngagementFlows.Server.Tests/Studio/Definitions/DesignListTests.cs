using System.Net;
using System.Text.Json.Nodes;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>The designer's list among 2,000 definitions.</summary>
public sealed class DesignListTests(DesignListTests.Fixture server) : IClassFixture<DesignListTests.Fixture>
{
    [Fact]
    public async Task FirstPage_HasTheNewestOfEachWithTheTotal()
    {
        JsonObject page = await ListAsync("VersionOptions=Latest&Page=0&PageSize=10&IsSystem=False&OrderBy=Name&OrderDirection=Ascending");

        page["totalCount"]!.GetValue<int>().Should().Be(2_000);
        JsonObject first = (JsonObject)page["items"]![0]!;
        first["id"]!.GetValue<string>().Should().Be("many-0001-v2");
        first["name"]!.GetValue<string>().Should().Be("Flow 0001");
        first["isLatest"]!.GetValue<bool>().Should().BeTrue();
        first["isPublished"]!.GetValue<bool>().Should().BeFalse();
        first["links"]!.ToJsonString().Should().Contain("\"publish\"");
        page["links"]!.ToJsonString().Should().Contain("\"bulk-publish\"");
        ((JsonArray)page["items"]!).Should().HaveCount(10);
    }

    [Theory]
    [InlineData("versionOptions=Published", 2_000)]
    [InlineData("versionOptions=LatestOrPublished", 4_000)]
    [InlineData("versionOptions=LatestAndPublished", 0)]
    [InlineData("versionOptions=Draft", 2_000)]
    [InlineData("versionOptions=AllVersions", 4_000)]
    [InlineData("versionOptions=1", 2_000)]
    [InlineData("versionOptions=Latest&SearchTerm=flow 000", 9)]
    [InlineData("versionOptions=Latest&SearchTerm=流程 0007", 1)]
    [InlineData("versionOptions=Latest&SearchTerm=100%25", 0)]
    [InlineData("versionOptions=Latest&IsSystem=True", 0)]
    [InlineData("versionOptions=AllVersions&DefinitionIds=many-0003&DefinitionIds=many-0004", 4)]
    [InlineData("Ids=many-0003-v1&Ids=many-0004-v2&Ids=nothing", 2)]
    [InlineData("Ids=many-0005-v3.1", 1)]
    [InlineData("versionOptions=Latest&Page=500&PageSize=10", 2_000)]
    public async Task Filters_CountWhatTheyLetThrough(string query, int expected) =>
        (await ListAsync(query))["totalCount"]!.GetValue<int>().Should().Be(expected);

    [Fact]
    public async Task Order_FollowsNameVersionAndDate()
    {
        (await ListAsync("versionOptions=Latest&OrderBy=Name&OrderDirection=Descending&PageSize=1"))["items"]![0]!["name"]!.GetValue<string>().Should().Be("Flow 2000");
        (await ListAsync("versionOptions=AllVersions&DefinitionIds=many-0003&OrderBy=Version&OrderDirection=Ascending"))["items"]![0]!["version"]!.GetValue<int>().Should().Be(1);
        (await ListAsync("versionOptions=Latest&OrderBy=Created&OrderDirection=Descending&PageSize=1"))["items"]![0]!["name"]!.GetValue<string>().Should().Be("Flow 2000");
    }

    [Fact]
    public async Task Names_AreInTheReadersLanguage()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "elsa/api/workflow-definitions?versionOptions=Latest&OrderBy=Name&PageSize=1");
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using HttpResponseMessage answer = await server.Operator.SendAsync(request);

        (await ReadAsync(answer))["items"]![0]!["name"]!.GetValue<string>().Should().Be("流程 0001");
    }

    [Fact]
    public async Task WhoOnlyReads_GetsNoLinksToEdit()
    {
        JsonObject page = await GetAsync(server.Auditor, "workflow-definitions?versionOptions=Latest&PageSize=1");

        page.ToJsonString().Should().NotContain("publish\"");
        using HttpResponseMessage save = await SaveAsync(server.Auditor, NewModel("Not mine"));
        save.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task IsNameUnique_LooksAtBothLanguages()
    {
        (await UniqueAsync("name=flow 0001")).Should().BeFalse();
        (await UniqueAsync("name=流程 0001")).Should().BeFalse();
        (await UniqueAsync("name=Flow 0001&definitionId=many-0001")).Should().BeTrue();
        (await UniqueAsync("name=Something else")).Should().BeTrue();
    }

    private async Task<bool> UniqueAsync(string query) => (await GetAsync(server.Operator, "workflow-definitions/validation/is-name-unique?" + query))["isUnique"]!.GetValue<bool>();

    private Task<JsonObject> ListAsync(string query) => GetAsync(server.Operator, "workflow-definitions?" + query);

    public sealed class Fixture : DesignFixture, IAsyncLifetime
    {
        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Postgres.ExecuteAsync("""
                insert into definition (id, definition_id, version, name, name_zh, state, content_hash, json, created_at, created_by, published_at, published_by, is_drawn, logic_hash)
                select 'many-' || n || '-v' || v || case when v = 3 then '.1' else '' end, 'many-' || n, least(v, 2), 'Flow ' || n, '流程 ' || n,
                       case v when 1 then 'published' when 2 then 'draft' else 'trial' end, n || v,
                       json_build_object('definitionId', 'many-' || n, 'root', json_build_object('type', 'Elsa.Flowchart', 'id', 'Main'), 'note', repeat(md5(n), 500))::text,
                       '2026-01-01'::timestamptz + n::integer * interval '1 minute', 'test', case when v = 1 then now() end, case when v = 1 then 'test' end, v = 2, case when v = 3 then 'x' end
                from (select lpad(i::text, 4, '0') as n from generate_series(1, 2000) i) flows, generate_series(1, 3) v
                where v < 3 or n = '0005'
                """);
        }
    }
}
