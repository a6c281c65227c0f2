using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>What a restore holds: shown to those who may decide, decided once, audited.</summary>
public sealed class HeldTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        (_operator, _) = await server.SignInAsync(StaffRoles.Operator);
        await server.Postgres.ExecuteAsync("insert into incarnation (id, began_at, backup_taken_at, begun_by) select gen_random_uuid(), now(), now() - interval '1 day', 'test' where not exists (select 1 from incarnation)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Mail_ThatWasSentBefore_IsMarkedSoAndNeverSent()
    {
        Guid mail = await HoldMailAsync("Mark me");

        IDocument home = await HouseFixture.ParseAsync(await _operator.GetStringAsync("/"));
        home.QuerySelector("a[href='/held']")!.TextContent.Should().Contain("Held until somebody releases it");
        IDocument page = await HouseFixture.ParseAsync(await _operator.GetStringAsync("/held"));
        page.QuerySelector($"a[href='/mailbox/{mail}']")!.TextContent.Should().Be("Mark me");
        (await _operator.GetStringAsync($"/mailbox/{mail}")).Should().Contain("Held since a restore");
        (await PostAsync(_operator, "mark-sent", mail)).Dispose();

        (await server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail)).Should().Be("accepted");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'HeldMailsMarkedSent' and subject = $1", $"effect/{mail}")).Should().Be(1);
        using HttpResponseMessage again = await PostAsync(_operator, "send", mail);
        (await _operator.GetStringAsync(again.Headers.Location)).Should().Contain("Nothing of that was held any more");
        (await server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail)).Should().Be("accepted");
    }

    [Fact]
    public async Task Mail_Released_IsSentOnce()
    {
        Guid mail = await HoldMailAsync("Send me");

        (await PostAsync(_operator, "send", mail)).Dispose();

        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");
        (await server.Postgres.ScalarAsync<int>("select attempt from outbox where id = $1", mail)).Should().Be(1);
    }

    [Fact]
    public async Task Timers_Released_AreDueAgain()
    {
        Guid instance = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await server.Postgres.ExecuteAsync("insert into inbox (instance_id, id, due_at, held_due_at, kind, payload, created_at) values ($1, $1, 'infinity', now() + interval '1 hour', 'start', '{}', now())", instance);

        (await PostAsync(_operator, "facts", null)).Dispose();

        (await server.Postgres.ScalarAsync<bool>("select due_at < now() + interval '2 hours' and held_due_at is null from inbox where instance_id = $1", instance)).Should().BeTrue();
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'HeldFactsReleased'")).Should().Be(1);
    }

    [Fact]
    public async Task Api_ShowsAndReleases()
    {
        Guid mail = await HoldMailAsync("By program");
        HttpClient program = server.Program(StaffRoles.Operator);

        JsonElement held = await program.GetFromJsonAsync<JsonElement>("api/held");
        using HttpResponseMessage answer = await program.PostAsJsonAsync("api/held/send", new { ids = new[] { mail } });

        held.GetProperty("incarnation").GetProperty("begunBy").GetString().Should().Be("test");
        held.GetProperty("items").EnumerateArray().Should().Contain(effect => effect.GetProperty("id").GetGuid() == mail);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("count").GetInt64().Should().Be(1);
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");
    }

    [Theory]
    [InlineData("en", "Message to a webhook")]
    [InlineData("zh-CN", "Webhook 消息")]
    public async Task MessageToAWebhook_IsShownWithTheWebhooksName(string language, string words)
    {
        Guid webhook = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        Guid message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await server.Postgres.ExecuteAsync(
            "insert into webhook (id, name, url, kinds, secret, created_at, created_by, changed_at, changed_by) values ($1, $2, 'http://127.0.0.1:1/', '{instance.finished}', 'x', now(), 'test', now(), 'test')",
            webhook, $"Book-keeping {language}");
        await server.Postgres.ExecuteAsync(
            "insert into outbox (id, kind, effect_key, state, held_state, due_at, payload, created_at, webhook_id) values ($1, 'webhook', $1::text, 'held', 'pending', now(), '{\"type\":\"instance.finished\"}', now(), $2)",
            message, webhook);
        using HttpRequestMessage request = new(HttpMethod.Get, "/held") { Headers = { { "Cookie", $"ef-language={language}" } } };
        using HttpResponseMessage answer = await _operator.SendAsync(request);

        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
        JsonElement held = await server.Program(StaffRoles.Operator).GetFromJsonAsync<JsonElement>("api/held?limit=500");

        IElement row = page.QuerySelector($"a[href='/webhooks/{webhook}']")!.Closest("tr")!;
        row.TextContent.Should().Contain(words).And.Contain("instance.finished").And.Contain($"Book-keeping {language}");
        row.QuerySelectorAll("button").Should().ContainSingle("a message may be repeated, and nobody need say whether it was sent");
        held.GetProperty("items").EnumerateArray().Single(effect => effect.GetProperty("id").GetGuid() == message).GetProperty("recipient").GetString().Should().Be($"Book-keeping {language}");
    }

    [Theory]
    [InlineData(StaffRoles.Auditor)]
    [InlineData(StaffRoles.Architect)]
    public async Task Page_ForARoleThatMayNot_IsForbiddenAndNotOffered(string role)
    {
        await HoldMailAsync($"Not for {role}");
        (HttpClient person, _) = await server.SignInAsync(role);

        using HttpResponseMessage page = await person.GetAsync("/held");

        page.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await person.GetStringAsync("/")).Should().NotContain("href=\"/held\"");
    }

    [Fact]
    public async Task Page_InChinese_IsWhole()
    {
        await HoldMailAsync("在途邮件");
        _operator.DefaultRequestHeaders.Add("Cookie", "ef-language=zh-CN");

        IDocument page = await HouseFixture.ParseAsync(await _operator.GetStringAsync("/held"));

        page.QuerySelector("h1")!.TextContent.Should().Be("恢复后暂停的事项");
        page.DocumentElement.TextContent.Should().Contain("在途邮件").And.NotContain("{0}");
        page.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems();
    }

    private async Task<Guid> HoldMailAsync(string subject)
    {
        Guid id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await server.Postgres.ExecuteAsync("insert into mail (id, to_emails, recipient, language, subject, html, text, effect_key, created_at) values ($1, '{someone@example.com}', 'someone@example.com', 'en', $2, '<p>Hello</p>', 'Hello', $1::text, now())", id, subject);
        await server.Postgres.ExecuteAsync("insert into outbox (id, kind, effect_key, state, held_state, due_at, payload, created_at) values ($1, 'mail', $1::text, 'held', 'pending', now(), '{}', now())", id);
        return id;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient person, string act, Guid? id)
    {
        Dictionary<string, string> fields = new() { ["act"] = act };
        if (id is { } effect)
            fields["id"] = effect.ToString();
        return ServerFixture.PostFormAsync(person, "/held", "/held/release", fields);
    }
}
