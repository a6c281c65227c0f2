using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Security;
using EngagementFlows.Server.Webhooks;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Webhooks;

/// <summary>Messages of other systems become events once, and only if they are signed.</summary>
public sealed class HookTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Message_Signed_ResumesWhatWaitsForItsKey()
    {
        string secret = await MakeAsync("orders", "Go", "data.order");
        Guid other = await StartAsync("order-1");
        Guid meant = await StartAsync("order-2");

        using HttpResponseMessage answer = await SendAsync("orders", secret, """{"data":{"order":"order-2"}}""", "msg_1");

        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await Eventually.BecomesAsync(() => StatusAsync(meant), "finished");
        (await StatusAsync(other)).Should().Be("suspended");
    }

    [Fact]
    public async Task SameId_GetsTheFirstAnswerAndPublishesNothing()
    {
        string secret = await MakeAsync("once", "Nobody waits for this");
        using HttpResponseMessage first = await SendAsync("once", secret, """{"n":1}""", "msg_once");
        long events = await EventsAsync("Nobody waits for this");

        HttpResponseMessage[] again = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => SendAsync("once", secret, $$"""{"n":{{n}}}""", "msg_once")));

        again.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        string body = await first.Content.ReadAsStringAsync();
        foreach (HttpResponseMessage answer in again)
            (await answer.Content.ReadAsStringAsync()).Should().Be(body);
        events.Should().Be(1);
        (await EventsAsync("Nobody waits for this")).Should().Be(1);
    }

    [Fact]
    public async Task FiftyAtOnce_OfOneNewId_PublishOneEvent()
    {
        string secret = await MakeAsync("race", "Raced for");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync("race", secret, "{}", "msg_race")));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        (await EventsAsync("Raced for")).Should().Be(1);
    }

    [Theory]
    [InlineData("wrong secret")]
    [InlineData("other body")]
    [InlineData("other id")]
    [InlineData("old")]
    [InlineData("future")]
    [InlineData("no signature")]
    [InlineData("no id")]
    [InlineData("other scheme")]
    [InlineData("unknown hook")]
    [InlineData("huge timestamp")]
    public async Task Message_NotGenuine_IsRefusedAndDoesNothing(string how)
    {
        string name = "gen-" + how.Replace(' ', '-');
        string secret = await MakeAsync(name, "Never " + how);
        const string body = """{"a":1}""";
        long now = Now.ToUnixTimeSeconds();
        long at = how switch { "old" => now - 400, "future" => now + 400, _ => now };
        byte[] key = WebhookSignature.KeyOf(how == "wrong secret" ? WebhookSignature.NewSecret() : secret)!;
        string signature = WebhookSignature.Sign(key, "msg_a", at, Encoding.UTF8.GetBytes(body));
        using HttpRequestMessage request = new(HttpMethod.Post, $"hooks/{(how == "unknown hook" ? "nobody" : name)}") { Content = Json(how == "other body" ? """{"a":2}""" : body) };
        if (how != "no id")
            request.Headers.Add("webhook-id", how == "other id" ? "msg_b" : "msg_a");
        request.Headers.Add("webhook-timestamp", how == "huge timestamp" ? "99999999999999999999999" : $"{at}");
        if (how != "no signature")
            request.Headers.Add("webhook-signature", how == "other scheme" ? "v2," + signature[3..] : signature);

        using HttpResponseMessage answer = await server.Anonymous().SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        await ProblemAsync(answer);
        (await EventsAsync("Never " + how)).Should().Be(0);
    }

    [Fact]
    public async Task Message_WithSeveralSignatures_NeedsOneThatIsRight()
    {
        string secret = await MakeAsync("rotating", "Rotated");
        long now = Now.ToUnixTimeSeconds();
        byte[] body = "{}"u8.ToArray();
        string wrong = WebhookSignature.Sign(WebhookSignature.KeyOf(WebhookSignature.NewSecret())!, "msg_r", now, body);
        using HttpRequestMessage request = new(HttpMethod.Post, "hooks/rotating") { Content = Json("{}") };
        request.Headers.Add("webhook-id", "msg_r");
        request.Headers.Add("webhook-timestamp", $"{now}");
        request.Headers.Add("webhook-signature", $"{wrong} {WebhookSignature.Sign(WebhookSignature.KeyOf(secret)!, "msg_r", now, body)}");

        (await server.Anonymous().SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Message_WithoutItsKey_ReachesNobody()
    {
        string secret = await MakeAsync("keyed", "Keyed", "data.key");

        using HttpResponseMessage answer = await SendAsync("keyed", secret, """{"data":{"key":{"not":"text"}}}""", "msg_k");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(answer)).Should().Contain("'data.key'");
        (await EventsAsync("Keyed")).Should().Be(0);
    }

    [Fact]
    public async Task Message_UnderTheKeyOfAPersonnelFile_IsTakenForNobody()
    {
        string secret = await MakeAsync("closed", "Closed", "key");
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        Guid[] three = [(await server.SignInAsync(StaffRoles.AccountManager)).PersonId, (await server.SignInAsync(StaffRoles.Architect)).PersonId, (await server.SignInAsync(StaffRoles.Architect)).PersonId];
        using HttpResponseMessage opened = await PersonnelFileFixture.OpenAsync(administrator, three[0], three[1], three[2]);
        Guid file = (await ReadAsync(opened)).GetProperty("engagementId").GetGuid();

        using HttpResponseMessage answer = await SendAsync("closed", secret, $$"""{"key":"{{file}}"}""", "msg_closed");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await EventsAsync("Closed")).Should().Be(0);
    }

    [Fact]
    public async Task Message_TooDeepOrTooLarge_IsRefused()
    {
        string secret = await MakeAsync("deep", "Deep");
        string deep = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));

        (await SendAsync("deep", secret, deep, "msg_d")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await SendAsync("deep", secret, $"\"{new string('x', 300 * 1024)}\"", "msg_l")).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await EventsAsync("Deep")).Should().Be(0);
    }

    [Fact]
    public async Task Paused_AsksToComeAgain()
    {
        string secret = await MakeAsync("resting", "Resting");
        using HttpResponseMessage seen = await server.Program("administrator").GetAsync("api/hooks/resting");
        using HttpRequestMessage pause = new(HttpMethod.Put, "api/hooks/resting") { Content = Json("""{"eventName":"Resting","state":"paused"}""") };
        pause.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.Tag);
        (await server.Program("administrator").SendAsync(pause)).EnsureSuccessStatusCode();

        using HttpResponseMessage answer = await SendAsync("resting", secret, "{}", "msg_p");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
        (await EventsAsync("Resting")).Should().Be(0);
    }

    [Theory]
    [InlineData("a.b", """{"a":{"b":"x"}}""", "x")]
    [InlineData("$.a.b", """{"a":{"b":7}}""", "7")]
    [InlineData("a[1].b", """{"a":[0,{"b":"y"}]}""", "y")]
    [InlineData("a[2]", """{"a":[0]}""", null)]
    [InlineData("a.b", """{"a":"text"}""", null)]
    [InlineData("a", """{"a":true}""", null)]
    [InlineData("a", """{"a":"  "}""", null)]
    [InlineData("a", "[]", null)]
    public void CorrelationPath_FindsTextsAndNumbers(string path, string message, string? expected)
    {
        using JsonDocument document = JsonDocument.Parse(message);

        CorrelationPath.IsPath(path).Should().BeTrue();
        CorrelationPath.Find(document.RootElement, path).Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("a..b")]
    [InlineData("a[b]")]
    [InlineData("a[*]")]
    [InlineData("a\n")]
    public void CorrelationPath_OtherTexts_AreNone(string path) => CorrelationPath.IsPath(path).Should().BeFalse();

    [Fact]
    public void Sign_TheVectorOfTheStandard_GivesItsSignature() =>
        WebhookSignature.Sign(
            WebhookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8)
            .Should().Be("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    private async Task<string> MakeAsync(string name, string eventName, string? correlationPath = null)
    {
        using HttpResponseMessage made = await server.Program("administrator").PostAsJsonAsync("api/hooks", new { name, eventName, correlationPath });
        made.StatusCode.Should().Be(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await ReadAsync(made)).GetProperty("secret").GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(string name, string secret, string body, string id)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using HttpRequestMessage request = new(HttpMethod.Post, $"hooks/{name}") { Content = Json(body) };
        // A body that is refused would race with the answer.
        request.Headers.ExpectContinue = body.Length > 100_000;
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{now}");
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(WebhookSignature.KeyOf(secret)!, id, now, Encoding.UTF8.GetBytes(body)));
        return await server.Anonymous().SendAsync(request);
    }

    private async Task<Guid> StartAsync(string correlationId)
    {
        using HttpResponseMessage answer = await server.Program("operator").PostAsJsonAsync("api/instances", new { definitionId = "waiting", correlationId });
        return (await ReadAsync(answer)).GetProperty("instance").GetProperty("id").GetGuid();
    }

    private Task<string?> StatusAsync(Guid instance) => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance);

    private Task<long> EventsAsync(string name) => server.Postgres.ScalarAsync<long>("select count(*) from event where name = $1", name);
}
