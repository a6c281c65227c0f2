using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Server.Webhooks;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Webhooks;

/// <summary>Webhooks and hooks made, paused, given other secrets and removed in the console.</summary>
public sealed class WebhookPageTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private const string NewWebhook = "/webhooks/new";
    private const string NewHook = "/webhooks/new-hook";

    [Fact]
    public async Task Webhook_MadeOnThePage_ShowsItsSecretOnceAndTellsSigned()
    {
        IDocument made = await SubmitAsync(NewWebhook, "webhook", Fields("Ledger", house.Receiver.Url("made"), "instance.finished"));
        string secret = SecretOf(made);
        string page = made.QuerySelector("a[href^='/webhooks/']")!.GetAttribute("href")!;
        if (!page.Contains('-', StringComparison.Ordinal))
            page = made.QuerySelectorAll("a[href^='/webhooks/']")[^1].GetAttribute("href")!;

        await house.StartAsync("ending");
        await Eventually.BecomesAsync(() => Task.FromResult(house.Receiver.To("made").Count), 1);
        ReceivedMessage message = house.Receiver.To("made").Single();

        WebhookSignature.IsGenuine(WebhookSignature.KeyOf(secret)!, message.Id, message.Timestamp, message.Signature, message.Body, TimeProvider.System.GetUtcNow()).Should().BeTrue();
        (await house.Staff.GetStringAsync(page)).Should().Contain("Ledger").And.NotContain(secret["whsec_".Length..]);
        (await ActsAsync($"webhook/{page.Split('/')[^1]}")).Should().Be("WebhookMade");
    }

    [Theory]
    [InlineData("", "https://127.0.0.1/x", "instance.finished", "Type a name")]
    [InlineData("Named", "", "instance.finished", "Type an address")]
    [InlineData("Named", "https://elsewhere.example/x", "instance.finished", "may not be called")]
    [InlineData("Named", "http://169.254.169.254/latest", "instance.finished", "may not be called")]
    [InlineData("Named", "javascript:alert(1)", "instance.finished", "may not be called")]
    [InlineData("Named", null, "", "Choose at least one")]
    [InlineData("Named", null, "everything", "Choose at least one")]
    public async Task Webhook_ThatCannotBe_SaysWhyAndMakesNone(string name, string? url, string kind, string reason)
    {
        long before = await house.Postgres.ScalarAsync<long>("select count(*) from webhook");

        IDocument answer = await SubmitAsync(NewWebhook, "webhook", Fields(name, url ?? house.Receiver.Url("none"), kind));

        answer.QuerySelector(".fault")!.TextContent.Should().Contain(reason);
        answer.QuerySelector("input[name=name]")!.GetAttribute("value").Should().Be(name, "what was typed stays");
        (await house.Postgres.ScalarAsync<long>("select count(*) from webhook")).Should().Be(before);
    }

    [Fact]
    public async Task Webhook_PausedGivenAnotherSecretAndRemoved()
    {
        (Guid id, string first, _) = await house.SubscribeAsync("acts", "instance.faulted");
        string page = $"/webhooks/{id}";

        IDocument unseen = await SubmitAsync($"{page}/secret", "secret", new() { ["revision"] = "0" });
        string second = SecretOf(await SubmitAsync($"{page}/secret", "secret", await RevisionAsync($"{page}/secret")));
        await ActAsync(page, "pause");
        string? paused = await StateAsync(id);
        using HttpResponseMessage stale = await ServerFixture.PostFormAsync(house.Staff, page, page + "/act", new() { ["act"] = "remove", ["revision"] = "1" });
        string? kept = await StateAsync(id);
        await ActAsync(page, "remove");

        second.Should().StartWith("whsec_").And.NotBe(first);
        unseen.QuerySelector(".fault")!.TextContent.Should().Contain("changed meanwhile");
        unseen.QuerySelector(".shown-once").Should().BeNull("whom nobody has seen nobody gives another secret");
        paused.Should().Be("paused");
        kept.Should().Be("paused", "what somebody has changed meanwhile is not removed unseen");
        (await StateAsync(id)).Should().BeNull();
        (await ActsAsync($"webhook/{id}")).Should().Be("WebhookMade WebhookSecretChanged WebhookPaused WebhookRemoved");
        (await house.ReadAsync(page, expected: HttpStatusCode.NotFound)).QuerySelector("h1").Should().NotBeNull();
    }

    [Fact]
    public async Task Webhook_ChangedOnThePage_TellsTheNewAddressTheNewKinds()
    {
        (Guid id, _, _) = await house.SubscribeAsync("before", "instance.faulted");
        string page = $"/webhooks/{id}";
        IDocument form = await house.ReadAsync($"{page}/edit");
        Dictionary<string, string> fields = Fields("After", house.Receiver.Url("after"), "instance.finished");
        fields["revision"] = form.QuerySelector("input[name=revision]")!.GetAttribute("value")!;

        await MoveAsync($"{page}/edit", new(fields));
        IDocument changed = await house.ReadAsync(page);
        string? first = await RowAsync(id);
        fields["name"] = "Too late";
        await MoveAsync($"{page}/edit", new(fields));
        IDocument late = await house.ReadAsync(page);
        fields["revision"] = "2";
        fields["name"] = "After";
        await MoveAsync($"{page}/edit", new(fields));
        await house.StartAsync("ending");
        await Eventually.BecomesAsync(() => Task.FromResult(house.Receiver.To("after").Count), 1);

        form.QuerySelector("input[name=name]")!.GetAttribute("value").Should().NotBeEmpty();
        form.QuerySelectorAll("input[name=kinds][checked]").Select(box => box.GetAttribute("value")).Should().Equal("instance.faulted");
        (await house.ReadAsync($"{page}/edit", "zh-CN")).Body!.TextContent.Should().ContainAll("修改通知", "保存");
        changed.Body!.TextContent.Should().ContainAll("After", "Done.");
        first.Should().Be($"2 After {house.Receiver.Url("after")} instance.finished active");
        late.Body!.TextContent.Should().Contain("it has changed meanwhile").And.NotContain("Too late");
        (await RowAsync(id)).Should().Be(first, "who saw an older one changes nothing, and who changes nothing leaves no trace");
        house.Receiver.To("before").Should().BeEmpty();
        (await ActsAsync($"webhook/{id}")).Should().Be("WebhookMade WebhookChanged");
        (await house.Postgres.ScalarAsync<string>(
            "select detail->>'Url' from audit where act = 'WebhookChanged' and subject = $1", $"webhook/{id}")).Should().Be(house.Receiver.Url("after"));
    }

    [Theory]
    [InlineData("", null, "instance.finished", "Type a name")]
    [InlineData("Named", "http://169.254.169.254/latest", "instance.finished", "may not be called")]
    [InlineData("Named", null, "everything", "Choose at least one")]
    public async Task Webhook_ThatCannotBecomeSo_SaysWhyAndStays(string name, string? url, string kind, string reason)
    {
        (Guid id, _, _) = await house.SubscribeAsync("stays", "instance.faulted");
        string? before = await RowAsync(id);
        Dictionary<string, string> fields = Fields(name, url ?? house.Receiver.Url("stays"), kind);
        fields["revision"] = "1";

        IDocument answer = await SubmitAsync($"/webhooks/{id}/edit", "webhook", fields);

        answer.QuerySelector(".fault")!.TextContent.Should().Contain(reason);
        answer.QuerySelector("input[name=name]")!.GetAttribute("value").Should().Be(name, "what was typed stays");
        (await RowAsync(id)).Should().Be(before);
    }

    [Fact]
    public async Task Webhook_WithAnotherAddress_IsToldAtOnceWhatWaited()
    {
        (Guid id, _, _) = await house.SubscribeAsync("moves-from", "instance.finished");
        string page = $"/webhooks/{id}";
        await ActAsync(page, "pause");
        await house.StartAsync("ending");
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<long>("select count(*) from outbox where webhook_id = $1 and state = 'pending' and attempt > 0", id), 1L);
        // As after attempts at an address that did not answer: a long rest, and nobody has paused it.
        await house.Postgres.ExecuteAsync("update webhook set state = 'active' where id = $1", id);
        await house.Postgres.ExecuteAsync("update outbox set due_at = now() + interval '7 hours' where webhook_id = $1", id);
        Dictionary<string, string> fields = Fields("Moved", house.Receiver.Url("moves-to"), "instance.finished");
        fields["revision"] = (await RevisionAsync($"{page}/edit"))["revision"];

        await MoveAsync($"{page}/edit", fields);

        await Eventually.BecomesAsync(() => Task.FromResult(house.Receiver.To("moves-to").Count), 1);
        house.Receiver.To("moves-from").Should().BeEmpty();
    }

    [Fact]
    public async Task Webhook_ThatIsNotThere_CannotBeChanged() =>
        (await house.ReadAsync("/webhooks/0198c0de-0000-7000-8000-00000000c001/edit", expected: HttpStatusCode.NotFound)).QuerySelector("h1").Should().NotBeNull();

    [Fact]
    public async Task Hook_MadeOnThePage_TakesWhatItsSecretSigns_UntilItIsPaused()
    {
        IDocument made = await SubmitAsync(NewHook, "hook", new() { ["name"] = "page-hook", ["event"] = "PageHeard", ["path"] = "data.order", ["secret"] = "" });
        string first = SecretOf(made);

        HttpStatusCode taken = await SendAsync(first, "msg_page_1");
        string second = SecretOf(await SubmitAsync("/webhooks/hooks/page-hook", "secret", []));
        HttpStatusCode old = await SendAsync(first, "msg_page_2");
        HttpStatusCode renewed = await SendAsync(second, "msg_page_3");
        await ActAsync("/webhooks/hooks/page-hook", "pause");
        HttpStatusCode paused = await SendAsync(second, "msg_page_4");
        await ActAsync("/webhooks/hooks/page-hook", "resume");
        HttpStatusCode resumed = await SendAsync(second, "msg_page_5");
        await ActAsync("/webhooks/hooks/page-hook", "remove");

        made.Body!.TextContent.Should().Contain("/hooks/page-hook");
        (taken, renewed, resumed).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK));
        old.Should().Be(HttpStatusCode.Unauthorized);
        paused.Should().NotBe(HttpStatusCode.OK);
        (await ActsAsync("hook/page-hook")).Should().Be("HookMade HookSecretChanged HookChanged HookChanged HookRemoved");
        (await house.Postgres.ScalarAsync<long>("select count(*) from hook where name = 'page-hook'")).Should().Be(0);
    }

    [Theory]
    [InlineData("Big Name", "Heard", "", "", "small letters")]
    [InlineData("../act", "Heard", "", "", "small letters")]
    [InlineData("fine", "", "", "", "event's name")]
    [InlineData("fine", "Heard", "a..b", "", "names and places")]
    [InlineData("fine", "Heard", "", "password", "whsec_")]
    public async Task Hook_ThatCannotBe_SaysWhyAndMakesNone(string name, string eventName, string path, string secret, string reason)
    {
        IDocument answer = await SubmitAsync(NewHook, "hook", new() { ["name"] = name, ["event"] = eventName, ["path"] = path, ["secret"] = secret });

        answer.QuerySelector(".fault")!.TextContent.Should().Contain(reason);
        (await house.Postgres.ScalarAsync<long>("select count(*) from hook where name = $1", name)).Should().Be(0);
    }

    [Fact]
    public async Task Hook_OfATakenName_IsRefused()
    {
        Dictionary<string, string> fields = new() { ["name"] = "taken", ["event"] = "Taken" };
        await SubmitAsync(NewHook, "hook", new(fields));

        (await SubmitAsync(NewHook, "hook", new(fields))).QuerySelector(".fault")!.TextContent.Should().Contain("already");
    }

    private static Dictionary<string, string> Fields(string name, string url, string kind) => new() { ["name"] = name, ["url"] = url, ["kinds"] = kind };

    private async Task<Dictionary<string, string>> RevisionAsync(string page) =>
        new() { ["revision"] = (await house.ReadAsync(page)).QuerySelector("input[name=revision]")!.GetAttribute("value")! };

    private async Task MoveAsync(string page, Dictionary<string, string> fields)
    {
        fields["_handler"] = "webhook";
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, page, fields);
        answer.StatusCode.Should().Be(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
    }

    private Task<string?> RowAsync(Guid id) =>
        house.Postgres.ScalarAsync<string>("select revision || ' ' || name || ' ' || url || ' ' || array_to_string(kinds, ',') || ' ' || state from webhook where id = $1", id);

    private static string SecretOf(IDocument page) => page.QuerySelector(".shown-once code")!.TextContent;

    private async Task<IDocument> SubmitAsync(string page, string form, Dictionary<string, string> fields)
    {
        fields["_handler"] = form;
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, page, fields);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await Staff.HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
    }

    private async Task ActAsync(string page, string act)
    {
        IDocument shown = await house.ReadAsync(page);
        string revision = shown.QuerySelector("input[name=revision]")!.GetAttribute("value")!;
        (await ServerFixture.PostFormAsync(house.Staff, page, page + "/act", new() { ["act"] = act, ["revision"] = revision })).Dispose();
    }

    private async Task<HttpStatusCode> SendAsync(string secret, string id)
    {
        byte[] body = """{"data":{"order":"o-1"}}"""u8.ToArray();
        long timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using HttpRequestMessage request = new(HttpMethod.Post, "hooks/page-hook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(WebhookSignature.KeyOf(secret)!, id, timestamp, body));
        using HttpResponseMessage answer = await house.Anonymous().SendAsync(request);
        return answer.StatusCode;
    }

    private Task<string?> StateAsync(Guid id) => house.Postgres.ScalarAsync<string>("select state from webhook where id = $1", id);

    private Task<string?> ActsAsync(string subject) =>
        house.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where chain = 'administration' and subject = $1", subject);
}
