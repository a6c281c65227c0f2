using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>Keys of programs, from the page on which they are made to their end.</summary>
public sealed partial class ApiKeyTests(Api.ApiFixture server) : IClassFixture<Api.ApiFixture>
{
    private static int _number;

    [Fact]
    public async Task Key_MadeInTheConsole_IsShownOnceAndStoredAsHashOnly()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string name = NewName();

        string secret = await MakeAsync(administrator, name, ApiScopes.Read);

        secret.Should().StartWith("ef_").And.HaveLength(46);
        (await administrator.GetStringAsync("api-keys")).Should().Contain(name).And.NotContain(secret);
        (await server.Postgres.ScalarAsync<string>("select to_jsonb(k)::text from api_key k where name = $1", name)).Should().NotContain(secret).And.NotContain(secret[3..]);
        (await server.Postgres.ScalarAsync<byte[]>("select secret_hash from api_key where name = $1", name)).Should().Equal(ApiKeys.Hash(secret));
        (await server.Postgres.ScalarAsync<string>("select detail->>'name' from audit where act = 'ApiKeyMade' order by sequence desc limit 1")).Should().Be(name);
        (await Using(secret).GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scopes_AllowTheirOwnAndNothingElse()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        HttpClient starter = Using(await MakeAsync(administrator, NewName(), ApiScopes.Start));

        (await starter.PostAsync("api/instances", Json("""{"definitionId":"ending"}"""))).StatusCode.Should().Be(HttpStatusCode.Created);
        (await starter.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.Forbidden, "a web site that starts flows need not read what clients answered");
        (await starter.GetAsync("api/clients")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await starter.GetAsync("api-keys")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Revoked_IsRefusedFromTheNextRequestOn()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string name = NewName();
        HttpClient program = Using(await MakeAsync(administrator, name, ApiScopes.Read));
        (await program.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.OK);
        Guid id = await server.Postgres.ScalarAsync<Guid>("select id from api_key where name = $1", name);

        using HttpResponseMessage revoked = await ServerFixture.PostFormAsync(administrator, "api-keys", $"api-keys/{id}/revoke", []);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(administrator, "api-keys", $"api-keys/{id}/revoke", []);

        revoked.StatusCode.Should().Be(HttpStatusCode.Found);
        (await program.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'ApiKeyRevoked' and subject = $1", $"api-key/{id:D}")).Should().Be(1, "a second press does nothing");
        (await MakeExpectingFaultAsync(administrator, name)).Should().ContainAny("exists or existed", "已有或曾有", "so the audit never mixes two programs");
    }

    [Fact]
    public async Task Expired_IsRefused()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string name = NewName();
        HttpClient program = Using(await MakeLivingAsync(administrator, name, "30", ApiScopes.Read));
        (await program.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.OK);

        await server.Postgres.ExecuteAsync("update api_key set created_at = created_at - interval '31 days', expires_at = expires_at - interval '31 days' where name = $1", name);

        (await program.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task LastUse_IsKeptAtMostOnceAMinute()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string name = NewName();
        HttpClient program = Using(await MakeAsync(administrator, name, ApiScopes.Read));
        (await administrator.GetStringAsync("api-keys")).Should().ContainAny("Never", "从未");

        await program.GetAsync("api/instances");
        DateTime first = await LastUseAsync(name);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => program.GetAsync("api/instances")));
        DateTime second = await LastUseAsync(name);
        await server.Postgres.ExecuteAsync("update api_key set last_used_at = last_used_at - interval '61 seconds' where name = $1", name);
        await program.GetAsync("api/instances");

        second.Should().Be(first);
        (await LastUseAsync(name)).Should().BeOnOrAfter(first);
    }

    [Fact]
    public async Task Acts_AreAuditedUnderTheKeysName()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string name = NewName();
        HttpClient program = Using(await MakeAsync(administrator, name, ApiScopes.Start, ApiScopes.Operate));

        using HttpResponseMessage started = await program.PostAsync("api/instances", Json("""{"definitionId":"waiting"}"""));
        Guid id = (await ReadAsync(started)).GetProperty("instance").GetProperty("id").GetGuid();
        (await program.PostAsync("api/events", Json("""{"name":"Unheard"}"""))).EnsureSuccessStatusCode();
        (await program.PostAsync($"api/instances/{id}/cancel", Json("""{"reason":"enough"}"""))).EnsureSuccessStatusCode();
        (await program.PostAsync($"api/instances/{id}/cancel", Json("""{"reason":"again"}"""))).StatusCode.Should().Be(HttpStatusCode.Conflict);

        (await server.Postgres.ScalarAsync<string[]>("select array_agg(act order by at, act) from audit where actor = $1", $"key:{name}"))
            .Should().Equal("InstanceStarted", "EventPublished", "InstanceCancelled");
    }

    [Theory]
    [InlineData("a b", "read", "")]
    [InlineData("<script>", "read", "")]
    [InlineData("", "read", "")]
    [InlineData("nothing", "", "")]
    [InlineData("nothing", "everything", "")]
    [InlineData("forever", "read", "0")]
    [InlineData("forever", "read", "99999")]
    [InlineData("Operator", "read", "")]
    public async Task Wish_ThatIsFaulty_MakesNoKeyAndKeepsWhatWasTyped(string name, string scope, string days)
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from api_key");

        using HttpResponseMessage answer = await PostAsync(administrator, name, days, scope);
        AngleSharp.Dom.IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        page.QuerySelectorAll(".fault[role=alert]").Should().ContainSingle();
        page.QuerySelector("#name")!.GetAttribute("value").Should().BeEquivalentTo(name);
        (await server.Postgres.ScalarAsync<long>("select count(*) from api_key")).Should().Be(before);
    }

    private static string NewName() => $"program-{Interlocked.Increment(ref _number)}";

    private HttpClient Using(string secret)
    {
        HttpClient client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private async Task<DateTime> LastUseAsync(string name) => await server.Postgres.ScalarAsync<DateTime>("select last_used_at from api_key where name = $1", name);

    private static Task<string> MakeAsync(HttpClient administrator, string name, params string[] scopes) => MakeLivingAsync(administrator, name, "", scopes);

    private static async Task<string> MakeLivingAsync(HttpClient administrator, string name, string days, params string[] scopes)
    {
        using HttpResponseMessage answer = await PostAsync(administrator, name, days, scopes);
        string html = await answer.Content.ReadAsStringAsync();
        answer.Headers.CacheControl!.NoStore.Should().BeTrue("it is shown once");
        return Secret().Match(html) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException(html);
    }

    private static async Task<string> MakeExpectingFaultAsync(HttpClient administrator, string name)
    {
        using HttpResponseMessage answer = await PostAsync(administrator, name, "", ApiScopes.Read);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient administrator, string name, string days, params string[] scopes)
    {
        string html = await administrator.GetStringAsync("api-keys/new");
        List<KeyValuePair<string, string>> fields = [new("__RequestVerificationToken", HouseFixture.TokenOf(html)), new("_handler", "key"), new("name", name), new("days", days), new("actsFor", "")];
        fields.AddRange(scopes.Select(scope => new KeyValuePair<string, string>("scopes", scope)));
        using FormUrlEncodedContent content = new(fields);
        return await administrator.PostAsync("api-keys/new", content);
    }

    [GeneratedRegex("data-copy=\"(ef_[A-Za-z0-9_-]{43})\"")]
    private static partial Regex Secret();
}
