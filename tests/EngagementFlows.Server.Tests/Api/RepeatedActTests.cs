using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Definitions;
using EngagementFlows.Server.Tests.Security;
using EngagementFlows.Server.Tests.Webhooks;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A caller who got no answer asks again under his key, also many times at once: one thing is made, and each is told of that one.</summary>
public sealed class RepeatedActTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private const int Times = 20;
    private const string Csv = "text/csv";

    private int _keys;

    [Fact]
    public async Task Webhook_IsMadeOnceAndItsSecretShownOnce()
    {
        string body = JsonSerializer.Serialize(new { name = "repeated", url = house.Receiver.Url("repeated"), kinds = new[] { "mail.rejected" } });

        JsonElement made = await OnceWithSecretAsync("api/webhooks", body, HttpStatusCode.Created, "secret");

        (await CountAsync("select count(*) from webhook where name = 'repeated'")).Should().Be(1);
        (await CountAsync("select count(*) from audit where act = 'WebhookMade' and subject = $1", $"webhook/{made.GetProperty("webhook").GetProperty("id").GetGuid()}")).Should().Be(1);
    }

    [Fact]
    public async Task Hook_IsMadeOnceAndItsSecretShownOnce()
    {
        await OnceWithSecretAsync("api/hooks", """{"name":"repeated","eventName":"Repeated"}""", HttpStatusCode.Created, "secret");

        (await CountAsync("select count(*) from audit where act = 'HookMade' and subject = 'hook/repeated'")).Should().Be(1);
    }

    [Fact]
    public async Task Invitation_IsMadeOnceAndItsLinkShownOnce()
    {
        (_, Guid person) = await house.SignInAsync(StaffRoles.Auditor);
        long before = await CountAsync("select count(*) from audit where act = 'AccountLinkMade' and subject = $1", $"person/{person}");

        JsonElement made = await OnceWithSecretAsync($"api/people/{person}/invite", null, HttpStatusCode.OK, "url");

        (await CountAsync("select count(*) from audit where act = 'AccountLinkMade' and subject = $1", $"person/{person}")).Should().Be(before + 1);
        using HttpResponseMessage opened = await house.Anonymous().GetAsync(new Uri(made.GetProperty("url").GetString()!).PathAndQuery);
        opened.StatusCode.Should().Be(HttpStatusCode.Found, "the repetitions did not end the link that was shown");
    }

    [Fact]
    public async Task TestMessage_IsSentOnce()
    {
        (Guid id, _, _) = await house.SubscribeAsync("tested", "mail.rejected");

        await OnceAsync($"api/webhooks/{id}/test", null, HttpStatusCode.Accepted);

        (await CountAsync("select count(*) from outbox where webhook_id = $1", id)).Should().Be(1);
    }

    [Fact]
    public async Task Redelivery_IsSentOnce()
    {
        (Guid id, _, _) = await house.SubscribeAsync("redelivered", "instance.finished");
        await house.StartAsync("ending");
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where webhook_id = $1", id), "accepted");
        Guid delivery = await house.Postgres.ScalarAsync<Guid>("select id from outbox where webhook_id = $1", id);
        string key = NewKey();

        await OnceAsync($"api/webhooks/{id}/deliveries/{delivery}/redeliver", null, HttpStatusCode.Accepted, key: key);
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", delivery), "accepted");
        // It has ended again, and could be sent again.
        using HttpResponseMessage late = await PostAsync($"api/webhooks/{id}/deliveries/{delivery}/redeliver", null, Csv, key);

        late.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await CountAsync("select count(*) from audit where act = 'WebhookRedelivered' and subject = $1", $"webhook/{id}")).Should().Be(1);
        house.Receiver.To("redelivered").Should().HaveCount(2);
    }

    [Fact]
    public async Task LinkSentAnew_IsSentOnce()
    {
        (Guid link, _) = await house.NextLinkAsync();

        JsonElement sent = await OnceAsync($"api/links/{link}/send-anew", null, HttpStatusCode.OK);

        (await house.Postgres.ScalarAsync<Guid>("select id from link where replaces = $1", link)).Should().Be(sent.GetProperty("id").GetGuid());
        (await CountAsync("select count(*) from mail m join link l on l.id = m.link_id where l.replaces = $1", link)).Should().Be(1);
    }

    [Fact]
    public async Task ClientFile_IsImportedOnce()
    {
        JsonElement imported = await OnceAsync("api/clients/import", FileOf("ONCE-1"), HttpStatusCode.OK);

        (imported.GetProperty("made").GetInt32(), imported.GetProperty("found").GetInt32()).Should().Be((1, 0), "the first answer is told again, not that of a second import");
        (await CountAsync("select count(*) from client where external_id = 'ONCE-1'")).Should().Be(1);
    }

    [Fact]
    public async Task ClientFile_IsUploadedOnce()
    {
        JsonElement uploaded = await OnceAsync("api/clients/imports?fileName=once.csv", FileOf("ONCE-2"), HttpStatusCode.Created);

        (await house.Postgres.ScalarAsync<Guid>("select id from client_import where file_name = 'once.csv'")).Should().Be(uploaded.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Archive_IsStoredOnce()
    {
        byte[] zip = DefinitionArchiveTests.Zip(("once/once.json", Ending("once")), ("once/mail/hello.en.md", "Hello"));

        JsonElement stored = await OnceAsync("api/definitions/import-archive", zip, HttpStatusCode.OK, "application/zip");

        stored.GetProperty("definitions")[0].GetProperty("outcome").GetString().Should().Be("new", "the first answer is told again, not that nothing changed");
        (await CountAsync("select count(*) from definition where definition_id = 'once'")).Should().Be(1);
    }

    [Fact]
    public async Task Archive_Previewed_LeavesTheKeyFree()
    {
        byte[] zip = DefinitionArchiveTests.Zip(("later/later.json", Ending("later")));
        string key = NewKey();

        using HttpResponseMessage preview = await PostAsync("api/definitions/import-archive?preview=true", zip, "application/zip", key);
        using HttpResponseMessage stored = await PostAsync("api/definitions/import-archive", zip, "application/zip", key);

        (await ReadAsync(preview)).GetProperty("isStored").GetBoolean().Should().BeFalse();
        (await ReadAsync(stored)).GetProperty("isStored").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task HeldMails_AreReleasedOnceAndCountedOnce()
    {
        Guid mail = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await house.Postgres.ExecuteAsync(
            "insert into mail (id, to_emails, recipient, language, subject, html, text, effect_key, created_at) values ($1, '{a@b.example}', 'a@b.example', 'en', 'Held', '<p>Hello</p>', 'Hello', $1::text, now())", mail);
        await house.Postgres.ExecuteAsync(
            "insert into outbox (id, kind, effect_key, state, held_state, due_at, payload, created_at) values ($1, 'mail', $1::text, 'held', 'pending', now(), '{}', now())", mail);

        JsonElement released = await OnceAsync("api/held/send", JsonSerializer.Serialize(new { ids = new[] { mail } }), HttpStatusCode.OK);

        released.GetProperty("count").GetInt64().Should().Be(1);
        (await CountAsync("select count(*) from audit where act = 'HeldEffectsReleased' and subject = $1", $"effect/{mail}")).Should().Be(1);
    }

    [Theory]
    [InlineData("api/webhooks", """{"name":"other","url":"RECEIVER/other","kinds":["mail.rejected"]}""", """{"name":"another","url":"RECEIVER/other","kinds":["mail.rejected"]}""")]
    [InlineData("api/hooks", """{"name":"other-body","eventName":"A"}""", """{"name":"other-body","eventName":"B"}""")]
    [InlineData("api/clients/import", "FILE ONCE-3", "FILE ONCE-4")]
    [InlineData("api/clients/imports", "FILE ONCE-5", "FILE ONCE-6")]
    public async Task SameKey_OtherBody_IsRefusedAndMakesNothing(string path, string first, string second)
    {
        string key = NewKey();
        using HttpResponseMessage made = await PostAsync(path, Given(first), Csv, key);
        long before = await CountAsync("select (select count(*) from webhook) + (select count(*) from hook) + (select count(*) from client) + (select count(*) from client_import)");

        using HttpResponseMessage other = await PostAsync(path, Given(second), Csv, key);

        made.IsSuccessStatusCode.Should().BeTrue();
        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(other)).Should().Contain(key);
        (await CountAsync("select (select count(*) from webhook) + (select count(*) from hook) + (select count(*) from client) + (select count(*) from client_import)")).Should().Be(before);
    }

    private object Given(string text) => text.StartsWith("FILE ", StringComparison.Ordinal) ? FileOf(text[5..]) : text.Replace("RECEIVER", house.Receiver.Url("").TrimEnd('/'), StringComparison.Ordinal);

    private static byte[] FileOf(string externalId) => Encoding.UTF8.GetBytes($"""
        external_id,client,contact,email,language,zone,engagement,owner
        {externalId},Once,Ann,ann@once.example,en,Europe/Berlin,Loft,mia.novak@linden.example

        """);

    /// <summary>Sends it many times at once, and once more: all get the same answer.</summary>
    private async Task<JsonElement> OnceAsync(string path, object? body, HttpStatusCode expected, string type = Csv, string? key = null)
    {
        string same = key ?? NewKey();
        HttpResponseMessage[] answers = [.. await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => PostAsync(path, body, type, same))), await PostAsync(path, body, type, same)];

        string[] bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        answers.Select(answer => answer.StatusCode).Distinct().Should().Equal([expected], bodies[0]);
        bodies.Distinct().Should().ContainSingle();
        answers.Count(answer => !answer.Headers.Contains("Idempotency-Replayed")).Should().Be(1);
        return bodies[0].Length == 0 ? default : JsonDocument.Parse(bodies[0]).RootElement;
    }

    /// <summary>Sends it many times at once, and once more: one gets the secret, the others are told that it was made, and the secret stands nowhere.</summary>
    private async Task<JsonElement> OnceWithSecretAsync(string path, string? body, HttpStatusCode expected, string secret)
    {
        string key = NewKey();
        HttpResponseMessage[] answers = [.. await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => PostAsync(path, body, Csv, key))), await PostAsync(path, body, Csv, key)];

        JsonElement made = await ReadAsync(answers.Should().ContainSingle(answer => answer.StatusCode == expected).Subject);
        string shown = made.GetProperty(secret).GetString()!.Split('/')[^1].Replace("whsec_", "", StringComparison.Ordinal);
        foreach (HttpResponseMessage answer in answers.Where(answer => answer.StatusCode != expected))
        {
            answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
            JsonElement problem = await ReadAsync(answer);
            problem.GetProperty("title").GetString().Should().Be("Made already");
            problem.GetProperty("detail").GetString().Should().Contain("shown in the first answer only");
            problem.GetProperty("made").GetString().Should().StartWith("/api/");
            problem.ToString().Should().NotContain(shown);
        }

        StringBuilder dump = new();
        foreach ((_, string rows) in await DatabaseDump.ReadAsync(house.Postgres, withCounters: true))
            dump.Append(rows);
        dump.ToString().Should().NotContain(shown).And.NotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(shown)));
        return made;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object? body, string type, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = body switch
            {
                null => null,
                byte[] file => new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
                _ => Json((string)body),
            },
        };
        request.Headers.Add("Idempotency-Key", key);
        return await house.Program(StaffRoles.Administrator).SendAsync(request);
    }

    private Task<long> CountAsync(string sql, params object[] arguments) => house.Postgres.ScalarAsync<long>(sql, arguments);

    private string NewKey() => $"{GetHashCode()}-{Interlocked.Increment(ref _keys)}";
}
