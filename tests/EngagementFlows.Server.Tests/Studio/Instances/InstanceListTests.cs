using System.Net;
using System.Text.Json;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>The Studio's list of instances: its filters, orders and pages.</summary>
public sealed class InstanceListTests(InstancesFixture server) : IClassFixture<InstancesFixture>
{
    [Fact]
    public async Task List_AsTheStudioAsks_ShowsTheFieldsThatItReads()
    {
        string key = NewKey();
        Guid waiting = await server.StartAsync("branching", key, "Run of Ann");

        JsonElement answer = await server.AskAsync("workflow-instances", new
        {
            page = 0,
            pageSize = 10,
            searchTerm = key,
            definitionId = (string?)null,
            definitionIds = new[] { "branching" },
            correlationId = (string?)null,
            version = (int?)null,
            hasIncidents = (bool?)null,
            isSystem = false,
            status = (string?)null,
            statuses = Array.Empty<string>(),
            subStatus = (string?)null,
            subStatuses = Array.Empty<string>(),
            orderBy = (string?)null,
            orderDirection = "Descending",
            timestampFilters = Array.Empty<object>(),
        });

        answer.GetProperty("totalCount").GetInt64().Should().Be(1);
        JsonElement item = answer.GetProperty("items")[0];
        item.GetProperty("id").GetGuid().Should().Be(waiting);
        item.GetProperty("definitionId").GetString().Should().Be("branching");
        item.GetProperty("definitionVersionId").GetString().Should().Be("branching-v1");
        item.GetProperty("version").GetInt32().Should().Be(1);
        item.GetProperty("status").GetString().Should().Be("Running");
        item.GetProperty("subStatus").GetString().Should().Be("Suspended");
        item.GetProperty("correlationId").GetString().Should().Be(key);
        item.GetProperty("name").GetString().Should().Be("Run of Ann");
        item.GetProperty("incidentCount").GetInt32().Should().Be(0);
        item.GetProperty("isSystem").GetBoolean().Should().BeFalse();
        item.GetProperty("createdAt").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
        item.TryGetProperty("finishedAt", out _).Should().BeFalse("it runs");
    }

    [Fact]
    public async Task List_ByStates_TellsHowInstancesStandAndEnded()
    {
        string key = NewKey();
        Guid waiting = await server.StartAsync("waiting", key);
        Guid ended = await server.StartAsync("ending", key);
        Guid failed = await server.StartAsync("failing", key);
        Guid cancelled = await server.StartAsync("waiting", key);
        Guid stalled = await server.StartAsync("waiting", key);
        using (await server.PostAsync($"cancel/workflow-instances/{cancelled}"))
        {
        }

        await server.Postgres.ExecuteAsync("update instance set is_stalled = true where id = $1", stalled);

        (await FindAsync(key, new { statuses = new[] { "Running" } })).Should().BeEquivalentTo([waiting, failed, stalled]);
        (await FindAsync(key, new { status = "Finished" })).Should().BeEquivalentTo([ended, cancelled]);
        (await FindAsync(key, new { subStatuses = new[] { "Suspended" } })).Should().BeEquivalentTo([waiting, failed]);
        (await FindAsync(key, new { subStatuses = new[] { "Cancelled", "Faulted" } })).Should().BeEquivalentTo([cancelled]);
        (await FindAsync(key, new { subStatus = "Interrupted" })).Should().BeEquivalentTo([stalled]);
        (await FindAsync(key, new { statuses = new[] { "Running" }, subStatuses = new[] { "Finished" } })).Should().BeEmpty();
        (await FindAsync(key, new { hasIncidents = true })).Should().BeEquivalentTo([failed]);
        (await FindAsync(key, new { hasIncidents = false })).Should().BeEquivalentTo([waiting, ended, cancelled, stalled]);
        (await FindAsync(key, new { definitionIds = new[] { "ending", "failing" } })).Should().BeEquivalentTo([ended, failed]);
        (await FindAsync(key, new { definitionId = "ending", version = 2 })).Should().BeEmpty();
        (await FindAsync(key, new { isSystem = true })).Should().BeEmpty();
        (await FindAsync(key, new { correlationId = key })).Should().HaveCount(5);
    }

    [Fact]
    public async Task List_ByWords_FindsIdNameKeyAndDefinition()
    {
        string key = NewKey();
        Guid named = await server.StartAsync("ending", key, "Odd%Name_7");
        Guid other = await server.StartAsync("ending", key, "OddXNameY7");

        (await SearchAsync(named.ToString())).Should().Equal(named);
        (await SearchAsync(named.ToString("N"))).Should().Equal(named);
        (await SearchAsync("d%name_")).Should().Equal([named], "what people type is text, not a pattern");
        (await SearchAsync(key.ToUpperInvariant()[..20])).Should().BeEquivalentTo([named, other]);
        (await SearchAsync(named.ToString()[..23])).Should().Contain(named);
        (await FindAsync(null, new { searchTerm = "endin", correlationId = key })).Should().BeEquivalentTo([named, other]);
    }

    [Fact]
    public async Task List_ByInstants_NarrowsToTheMicrosecond()
    {
        string key = NewKey();
        Guid early = await server.StartAsync("ending", key);
        Guid late = await server.StartAsync("ending", key);
        await server.Postgres.ExecuteAsync("update instance set created_at = '2026-03-01T10:00:00.000001Z', updated_at = '2026-03-01T10:00:00.000001Z', finished_at = '2026-03-01T10:00:00.000001Z' where id = $1", early);
        await server.Postgres.ExecuteAsync("update instance set created_at = '2026-03-01T10:00:00.000002Z', updated_at = '2026-03-02T10:00:00Z', finished_at = '2026-03-02T10:00:00Z' where id = $1", late);

        (await ByInstantAsync(key, "CreatedAt", "Is", "2026-03-01T10:00:00.000001+00:00")).Should().Equal(early);
        (await ByInstantAsync(key, "CreatedAt", "IsNot", "2026-03-01T11:00:00.000001+01:00")).Should().Equal(late);
        (await ByInstantAsync(key, "CreatedAt", "LessThan", "2026-03-01T10:00:00.000002Z")).Should().Equal(early);
        (await ByInstantAsync(key, "CreatedAt", "LessThanOrEqual", "2026-03-01T10:00:00.000002Z")).Should().BeEquivalentTo([early, late]);
        (await ByInstantAsync(key, "UpdatedAt", "GreaterThan", "2026-03-01T10:00:00.000001Z")).Should().Equal(late);
        (await ByInstantAsync(key, "UpdatedAt", "GreaterThanOrEqual", "2026-03-01T10:00:00.000001Z")).Should().BeEquivalentTo([early, late]);
        (await ByInstantAsync(key, "FinishedAt", "GreaterThan", "2026-03-01T23:00:00Z")).Should().Equal(late);
        (await ByInstantAsync(key, "FinishedAt", "LessThanOrEqual", "9999-12-31T23:59:59.9999999Z")).Should().BeEquivalentTo([early, late]);
    }

    [Fact]
    public async Task List_InEachOrder_BothWays()
    {
        string key = NewKey();
        Guid first = await server.StartAsync("ending", key, "b");
        Guid second = await server.StartAsync("ending", key, "c");
        Guid third = await server.StartAsync("waiting", key, "a");
        await server.Postgres.ExecuteAsync("update instance set updated_at = '2026-03-09T00:00:00Z', finished_at = '2026-03-01T00:00:00Z' where id = $1", first);
        await server.Postgres.ExecuteAsync("update instance set updated_at = '2026-03-08T00:00:00Z', finished_at = '2026-03-02T00:00:00Z' where id = $1", second);
        await server.Postgres.ExecuteAsync("update instance set updated_at = '2026-03-07T00:00:00Z' where id = $1", third);

        (await OrderedAsync(key, null, "Descending")).Should().Equal(third, second, first);
        (await OrderedAsync(key, "Created", "Ascending")).Should().Equal(first, second, third);
        (await OrderedAsync(key, "LastExecuted", "Descending")).Should().Equal(first, second, third);
        (await OrderedAsync(key, "LastExecuted", "Ascending")).Should().Equal(third, second, first);
        (await OrderedAsync(key, "Finished", "Descending")).Should().Equal(second, first, third);
        (await OrderedAsync(key, "Finished", "Ascending")).Should().Equal(first, second, third);
        (await OrderedAsync(key, "Name", "Ascending")).Should().Equal(third, first, second);
        (await OrderedAsync(key, "Name", "Descending")).Should().Equal(second, first, third);
    }

    [Fact]
    public async Task List_ByPages_ShowsEachInstanceOnce()
    {
        string key = NewKey();
        List<Guid> started = [];
        for (int i = 0; i < 7; i++)
            started.Add(await server.StartAsync("ending", key));

        List<Guid> seen = [];
        for (int page = 0; page < 4; page++)
        {
            JsonElement answer = await server.AskAsync("workflow-instances", new { page, pageSize = 3, correlationId = key });
            answer.GetProperty("totalCount").GetInt64().Should().Be(7);
            seen.AddRange(Ids(answer));
        }

        seen.Should().Equal(Enumerable.Reverse(started));
    }

    [Theory]
    [InlineData("""{"status":"Gone"}""", "'status' is 'Gone'")]
    [InlineData("""{"subStatuses":["Lost"]}""", "'subStatus' is 'Lost'")]
    [InlineData("""{"timestampFilters":[{"column":"BornAt","operator":"Is","timestamp":"2026-01-01T00:00:00Z"}]}""", "'timestampFilters.column' is 'BornAt'")]
    [InlineData("""{"timestampFilters":[{"column":"CreatedAt","operator":"Near","timestamp":"2026-01-01T00:00:00Z"}]}""", "'timestampFilters.operator' is 'Near'")]
    [InlineData("""{"timestampFilters":[null]}""", "'timestampFilters.column' is ''")]
    [InlineData("""[1]""", "JSON")]
    public async Task List_WithWhatCannotBeRead_SaysWhy(string body, string why)
    {
        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-instances", Api.ApiFixture.Json(body));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(why);
    }

    private static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    private static List<Guid> Ids(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private async Task<List<Guid>> FindAsync(string? key, object filter)
    {
        Dictionary<string, object?> body = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(filter))!;
        if (key is not null)
            body["searchTerm"] = key;
        JsonElement answer = await server.AskAsync("workflow-instances", body);
        List<Guid> found = Ids(answer);
        answer.GetProperty("totalCount").GetInt64().Should().Be(found.Count);
        return found;
    }

    private Task<List<Guid>> SearchAsync(string words) => FindAsync(null, new { searchTerm = words, pageSize = 100 });

    private Task<List<Guid>> ByInstantAsync(string key, string column, string comparison, string timestamp) =>
        FindAsync(key, new { timestampFilters = new[] { new { column, @operator = comparison, timestamp } } });

    private Task<List<Guid>> OrderedAsync(string key, string? orderBy, string orderDirection) => FindAsync(key, new { orderBy, orderDirection });
}
