using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EngagementFlows.Server.Webhooks;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Webhooks;

/// <summary>Facts reach other systems signed, once per event id, also after failures; and nothing is written where nobody listens.</summary>
public sealed class WebhookTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private HttpClient Administrator => house.Program("administrator");

    [Fact]
    public async Task Finished_IsToldSignedWithIdsOnly()
    {
        (Guid id, string secret, _) = await house.SubscribeAsync("finished", "instance.finished");

        Guid instance = await house.StartAsync("ending");
        ReceivedMessage message = await OnlyAsync("finished");

        message.Kind.Should().Be("instance.finished");
        message.Json.GetProperty("id").GetString().Should().Be(message.Id);
        message.Json.GetProperty("data").GetProperty("instanceId").GetGuid().Should().Be(instance);
        message.Json.GetProperty("data").GetProperty("definitionId").GetString().Should().Be("ending");
        WebhookSignature.IsGenuine(WebhookSignature.KeyOf(secret)!, message.Id, message.Timestamp, message.Signature, message.Body, TimeProvider.System.GetUtcNow()).Should().BeTrue();
        await Eventually.BecomesAsync(() => StateAsync(id), "accepted");
        (await house.Postgres.ScalarAsync<string>("select secret from webhook where id = $1", id)).Should().NotContain(secret["whsec_".Length..], "secrets stand sealed in the database");
    }

    [Fact]
    public async Task Refused_CommitOfAFact_TellsNothing()
    {
        (Guid id, _, _) = await house.SubscribeAsync("commit", "instance.started");
        async Task StartAsync()
        {
            using HttpRequestMessage start = new(HttpMethod.Post, "api/instances") { Content = Json("""{"definitionId":"waiting"}""") };
            start.Headers.Add("Idempotency-Key", "told-once");
            (await house.Program("operator").SendAsync(start)).EnsureSuccessStatusCode();
        }

        // The second start runs like the first one; its commit is refused by the key, and with it the delivery.
        await StartAsync();
        await StartAsync();

        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox where webhook_id = $1", id)).Should().Be(1);
        await Eventually.BecomesAsync(() => StateAsync(id), "accepted");
        house.Receiver.To("commit").Select(message => message.Kind).Should().Equal("instance.started");
    }

    [Fact]
    public async Task Incident_IsTold()
    {
        await house.SubscribeAsync("incident", "incident.opened");

        Guid instance = await house.StartAsync("failing");

        (await OnlyAsync("incident")).Json.GetProperty("data").GetProperty("instanceId").GetGuid().Should().Be(instance);
    }

    [Fact]
    public async Task ClientsAnswerAndTasks_AreToldWithoutTheAnswers()
    {
        await house.SubscribeAsync("answers", "client.answered", "task.created", "task.completed");
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        (await HouseAnswerAsync(browser, form, html, "A very secret wish.")).StatusCode.Should().Be(HttpStatusCode.Found);
        await Eventually.TrueAsync(() => Task.FromResult(house.Receiver.To("answers").Count >= 2));

        IReadOnlyList<ReceivedMessage> messages = house.Receiver.To("answers");
        messages.Select(message => message.Kind).Should().BeEquivalentTo("client.answered", "task.created");
        messages.Single(message => message.Kind == "client.answered").Json.GetProperty("data").GetProperty("linkId").GetGuid().Should().Be(link);
        messages.Should().OnlyContain(message => !message.Text.Contains("secret wish", StringComparison.Ordinal));
        Guid task = messages.Single(message => message.Kind == "task.created").Json.GetProperty("data").GetProperty("taskId").GetGuid();
        (await house.Postgres.ScalarAsync<bool>("select state = 'open' from task where id = $1", task)).Should().BeTrue();
    }

    [Fact]
    public async Task CompletedTask_IsToldOnceWithItsOutcomeAndWithoutTheComment()
    {
        (Guid id, _, _) = await house.SubscribeAsync("completed", "task.completed");
        (HttpClient holder, Guid person) = await house.SignInAsync("account-manager");
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseAnswerAsync(browser, form, html, "Brighter rooms.")).StatusCode.Should().Be(HttpStatusCode.Found);
        (Guid task, Guid instance) = (
            await house.Postgres.ScalarAsync<Guid>("select t.id from task t join link l on l.instance_id = t.instance_id where l.id = $1 and t.state = 'open'", link),
            await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", link));
        await house.Postgres.ExecuteAsync("update task set assignee_person_id = $2, assignee_role = null where id = $1", task, person);

        using HttpResponseMessage completed = await holder.PostAsync($"api/tasks/{task}/complete", Json("""{"outcome":"Complete","comment":"A very secret remark."}"""));
        using HttpResponseMessage again = await holder.PostAsync($"api/tasks/{task}/complete", Json("""{"outcome":"Complete"}"""));
        ReceivedMessage message = await OnlyAsync("completed");

        (completed.StatusCode, again.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.Conflict));
        JsonElement data = message.Json.GetProperty("data");
        message.Kind.Should().Be("task.completed");
        (data.GetProperty("taskId").GetGuid(), data.GetProperty("instanceId").GetGuid(), data.GetProperty("outcome").GetString()).Should().Be((task, instance, "Complete"));
        message.Text.Should().NotContain("secret remark");
        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox where webhook_id = $1", id)).Should().Be(1);
    }

    [Fact]
    public async Task RejectedMail_IsToldOnce()
    {
        (Guid id, _, _) = await house.SubscribeAsync("rejected", "mail.rejected");
        // A mail that no transport can send: it is not stored any more. Releasing it wakes the dispatcher.
        Guid mail = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await house.Postgres.ExecuteAsync(
            "insert into outbox (id, kind, effect_key, state, held_state, due_at, payload, created_at) values ($1, 'mail', $1::text, 'held', 'pending', now(), '{}', now())", mail);

        using HttpResponseMessage released = await Administrator.PostAsJsonAsync("api/held/send", new { ids = new[] { mail } });
        ReceivedMessage message = await OnlyAsync("rejected");

        message.Kind.Should().Be("mail.rejected");
        message.Json.GetProperty("data").GetProperty("mailId").GetGuid().Should().Be(mail);
        (await house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail)).Should().Be("rejected");
        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox where webhook_id = $1", id)).Should().Be(1);
    }

    [Fact]
    public async Task Failure_IsTriedAgainUnderTheSameIdUntilItIsTaken()
    {
        house.Receiver.Answer("late", HttpStatusCode.ServiceUnavailable);
        (Guid id, _, _) = await house.SubscribeAsync("late", "instance.finished");
        await house.StartAsync("ending");
        await Eventually.TrueAsync(() => Task.FromResult(house.Receiver.To("late").Count > 0));
        // Between two attempts, whichever they are: a slow machine may look only after the second.
        JsonElement waiting = await FirstDeliveryAsync(
            id, delivery => delivery.GetProperty("answer").ValueKind == JsonValueKind.String && delivery.GetProperty("state").GetString() == "pending");

        house.Receiver.Answer("late", HttpStatusCode.NoContent);
        await Eventually.BecomesAsync(() => StateAsync(id), "accepted");

        waiting.GetProperty("answer").GetString().Should().Be("HTTP 503: not now");
        house.Receiver.To("late").Select(message => message.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task FailingForThreeDays_IsGivenUpShownAndSentAgainByHand()
    {
        house.Receiver.Answer("given-up", HttpStatusCode.BadGateway);
        (Guid id, _, _) = await house.SubscribeAsync("given-up", "instance.finished");
        await house.StartAsync("ending");
        await FirstDeliveryAsync(id, delivery => delivery.GetProperty("attempts").GetInt32() > 0);
        await Eventually.TrueAsync(async () =>
            await house.Postgres.ExecuteAsync("update outbox set failing_since = now() - interval '4 days', due_at = now() where webhook_id = $1 and state = 'pending' and failing_since is not null", id) == 1
            || await StateAsync(id) == "rejected");
        await Eventually.BecomesAsync(() => StateAsync(id), "rejected");

        JsonElement shown = await ReadAsync(await Administrator.GetAsync($"api/webhooks/{id}"));
        string page = await house.Staff.GetStringAsync("/webhooks");
        house.Receiver.Answer("given-up", HttpStatusCode.NoContent);
        Guid delivery = (await FirstDeliveryAsync(id, _ => true)).GetProperty("id").GetGuid();
        using HttpResponseMessage again = await Administrator.PostAsync($"api/webhooks/{id}/deliveries/{delivery}/redeliver", null);

        shown.GetProperty("givenUp").GetInt64().Should().Be(1);
        page.Should().Contain("1 given up in the last 7 days");
        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        await Eventually.BecomesAsync(() => StateAsync(id), "accepted");
        house.Receiver.To("given-up").Select(message => message.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Paused_KeepsFactsUntilItIsResumed()
    {
        (Guid id, _, string tag) = await house.SubscribeAsync("paused", "instance.finished");
        using HttpResponseMessage paused = await PutAsync(id, tag, new { state = "paused" });
        await house.StartAsync("ending");
        await FirstDeliveryAsync(id, delivery => delivery.GetProperty("answer").ValueKind == JsonValueKind.String);

        house.Receiver.To("paused").Should().BeEmpty();
        (await PutAsync(id, paused.Headers.ETag!.Tag, new { state = "active" })).EnsureSuccessStatusCode();

        await OnlyAsync("paused");
    }

    [Fact]
    public async Task Removed_IsToldNothingMore()
    {
        (Guid id, _, string tag) = await house.SubscribeAsync("removed", "instance.finished");
        using HttpRequestMessage remove = new(HttpMethod.Delete, $"api/webhooks/{id}");
        remove.Headers.TryAddWithoutValidation("If-Match", tag);

        (await Administrator.SendAsync(remove)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await house.StartAsync("ending");

        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox where webhook_id = $1", id)).Should().Be(0);
    }

    [Fact]
    public async Task Change_OfAnOldView_IsRefusedWithWhoAndWhen()
    {
        (Guid id, _, string tag) = await house.SubscribeAsync("changed", "instance.finished");
        (await PutAsync(id, tag, new { name = "first" })).EnsureSuccessStatusCode();

        using HttpResponseMessage late = await PutAsync(id, tag, new { name = "second" });
        using HttpResponseMessage blind = await PutAsync(id, null, new { name = "third" });

        late.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ProblemAsync(late)).Should().Contain("'WebhookChanged' by 'key:administrator' at 20");
        blind.StatusCode.Should().Be((HttpStatusCode)428);
        (await house.Postgres.ScalarAsync<string>("select name from webhook where id = $1", id)).Should().Be("first");
    }

    [Theory]
    [InlineData("""{"name":"a","url":"http://169.254.169.254/latest","kinds":["instance.finished"]}""", "not listed in 'EngagementFlows:Outbound:AllowedHosts'")]
    [InlineData("""{"name":"a","url":"file:///etc/passwd","kinds":["instance.finished"]}""", "only 'http' and 'https'")]
    [InlineData("""{"name":"a","url":"http://127.0.0.1:1/","kinds":["instance.exploded"]}""", "'kinds' holds 'instance.exploded'")]
    [InlineData("""{"name":"a","url":"http://127.0.0.1:1/","kinds":[]}""", "one or more of")]
    public async Task Webhook_ThatMustNotBe_IsRefused(string body, string why)
    {
        using HttpResponseMessage answer = await Administrator.PostAsync("api/webhooks", Json(body));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(answer)).Should().Contain(why);
    }

    private static Task<HttpResponseMessage> HouseAnswerAsync(HttpClient browser, string form, string html, string goals) => Staff.HouseFixture.AnswerAsync(browser, form, html, goals);

    private async Task<HttpResponseMessage> PutAsync(Guid id, string? tag, object change)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, $"api/webhooks/{id}") { Content = JsonContent.Create(change) };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await Administrator.SendAsync(request);
    }

    private async Task<ReceivedMessage> OnlyAsync(string path)
    {
        await Eventually.TrueAsync(() => Task.FromResult(house.Receiver.To(path).Count > 0));
        return house.Receiver.To(path).Should().ContainSingle().Subject;
    }

    private Task<string?> StateAsync(Guid webhook) => house.Postgres.ScalarAsync<string>("select state from outbox where webhook_id = $1", webhook);

    private async Task<JsonElement> FirstDeliveryAsync(Guid webhook, Func<JsonElement, bool> when)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            JsonElement[] items = [.. (await ReadAsync(await Administrator.GetAsync($"api/webhooks/{webhook}/deliveries"))).GetProperty("items").EnumerateArray()];
            if (items.Length == 0)
                return false;
            found = items[0];
            return when(found);
        });
        return found;
    }
}
