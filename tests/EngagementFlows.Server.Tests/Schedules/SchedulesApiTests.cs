using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Schedules;

/// <summary>Recurring schedules through the API of a running server.</summary>
public sealed class SchedulesApiTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _operator = server.Program("operator");

    [Fact]
    public async Task Schedule_MadeChangedPausedResumedAndRemoved_IsAuditedEachTime()
    {
        (Guid id, string tag) = await MakeAsync("life", """ "kind": "cron", "expression": "0 9 * * MON-FRI", "zone": "Asia/Shanghai" """);
        (await SendAsync(HttpMethod.Put, $"api/schedules/{id}", Body("life", """ "kind": "interval", "expression": "2 hours", "zone": "UTC" """), match: null)).Status.Should().Be(HttpStatusCode.PreconditionRequired);

        (HttpStatusCode changed, JsonElement shown, string second) = await SendAsync(HttpMethod.Put, $"api/schedules/{id}", Body("life", """ "kind": "interval", "expression": "2 hours", "zone": "UTC" """), tag);
        (HttpStatusCode stale, _, _) = await SendAsync(HttpMethod.Post, $"api/schedules/{id}/pause", null, tag);
        (HttpStatusCode paused, JsonElement resting, string third) = await SendAsync(HttpMethod.Post, $"api/schedules/{id}/pause", null, second);
        (HttpStatusCode again, _, _) = await SendAsync(HttpMethod.Post, $"api/schedules/{id}/pause", null, third);
        (HttpStatusCode resumed, JsonElement awake, string fourth) = await SendAsync(HttpMethod.Post, $"api/schedules/{id}/resume", null, third);
        (HttpStatusCode removed, _, _) = await SendAsync(HttpMethod.Delete, $"api/schedules/{id}", null, fourth);

        changed.Should().Be(HttpStatusCode.OK);
        shown.GetProperty("kind").GetString().Should().Be("interval");
        stale.Should().Be(HttpStatusCode.PreconditionFailed);
        paused.Should().Be(HttpStatusCode.OK);
        resting.GetProperty("nextDueAt").ValueKind.Should().Be(JsonValueKind.Null);
        again.Should().Be(HttpStatusCode.Conflict);
        resumed.Should().Be(HttpStatusCode.OK);
        awake.GetProperty("nextDueAt").ValueKind.Should().Be(JsonValueKind.String);
        removed.Should().Be(HttpStatusCode.NoContent);
        (await server.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where subject = $1", $"schedule/{id}"))
            .Should().Be("ScheduleMade ScheduleChanged SchedulePaused ScheduleResumed ScheduleRemoved");
    }

    [Fact]
    public async Task Run_SameIdempotencyKey_FiresOnce()
    {
        (Guid id, _) = await MakeAsync("by hand", """ "kind": "cron", "expression": "0 0 1 1 *", "zone": "UTC", "overlap": "skip" """);
        List<string> answers = [];
        for (int i = 0; i < 3; i++)
        {
            using HttpRequestMessage run = new(HttpMethod.Post, $"api/schedules/{id}/run");
            run.Headers.Add("Idempotency-Key", $"run-{id}");
            using HttpResponseMessage answer = await _operator.SendAsync(run);
            answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        answers.Distinct().Should().HaveCount(1);
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select i.status from schedule_firing f join instance i on i.id = f.instance_id where f.schedule_id = $1", id), "finished");
        JsonElement firings = await ReadAsync($"api/schedules/{id}/firings");
        firings.GetProperty("items").GetArrayLength().Should().Be(1);
        firings.GetProperty("items")[0].GetProperty("askedBy").GetString().Should().Be("key:operator");
    }

    [Fact]
    public async Task Make_SameIdempotencyKey_MakesOneAndSameNameIsRefused()
    {
        string body = Body("once", """ "kind": "cron", "expression": "0 0 1 1 *", "zone": "UTC" """);
        List<(HttpStatusCode Status, string Text)> answers = [];
        for (int i = 0; i < 2; i++)
        {
            using HttpRequestMessage make = new(HttpMethod.Post, "api/schedules") { Content = ApiFixture.Json(body) };
            make.Headers.Add("Idempotency-Key", "make-once");
            using HttpResponseMessage answer = await _operator.SendAsync(make);
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        answers.Distinct().Should().HaveCount(1);
        answers[0].Status.Should().Be(HttpStatusCode.Created);
        (await SendAsync(HttpMethod.Post, "api/schedules", body.Replace("once", "ONCE", StringComparison.Ordinal), null)).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData(""" "kind": "cron", "expression": "0 0 31 2 *", "zone": "UTC" """, "expression", "never fires")]
    [InlineData(""" "kind": "rrule", "expression": "FREQ=SOMETIMES", "zone": "UTC", "startsAt": "2026-03-02T09:00" """, "expression", "FREQ is 'SOMETIMES'")]
    [InlineData(""" "kind": "cron", "expression": "0 9 * * *", "zone": "Mars/Olympus" """, "zone", "'Mars/Olympus' is not known")]
    [InlineData(""" "kind": "cron", "expression": "0 9 * * *", "zone": "UTC", "startsAt": "2099-01-02T00:00Z", "endsAt": "2099-01-01T00:00Z" """, "endsAt", "not after its start")]
    [InlineData(""" "kind": "cron", "expression": "0 9 * * *", "zone": "UTC", "startsAt": "9999-12-31T23:00" """, "startsAt", "from 1970 to 9000")]
    [InlineData(""" "kind": "interval", "expression": "1 hour", "zone": "Asia/Shanghai", "startsAt": "0001-01-01T00:00" """, "startsAt", "from 1970 to 9000")]
    [InlineData(""" "kind": "interval", "expression": "0 seconds", "zone": "UTC" """, "expression", "from 1 second to 365 days")]
    [InlineData(""" "kind": "interval", "expression": "53 weeks", "zone": "UTC" """, "expression", "from 1 second to 365 days")]
    [InlineData(""" "kind": "cron", "expression": "0 9 * * *", "zone": "UTC", "calendar": "nobody", "freeDays": "skip" """, "calendar", "no calendar 'nobody'")]
    public async Task Make_WhatCannotBe_SaysWhereWhyAndTheWayOut(string timing, string field, string reason)
    {
        (HttpStatusCode status, JsonElement problem, _) = await SendAsync(HttpMethod.Post, "api/schedules", Body($"bad {timing.GetHashCode(StringComparison.Ordinal)}", timing), null);

        status.Should().Be(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString().Should().Contain(reason);
        problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("field").GetString()).Should().Contain(field);
    }

    [Fact]
    public async Task Make_UnknownDefinition_IsRefused() =>
        (await SendAsync(HttpMethod.Post, "api/schedules", """{ "name": "x", "definitionId": "nowhere", "kind": "cron", "expression": "0 9 * * *", "zone": "UTC" }""", null)).Json.GetProperty("detail").GetString()
            .Should().Contain("no published definition 'nowhere'");

    [Fact]
    public async Task Preview_AndNext_TellTheSameTenInstantsInTheSchedulesZone()
    {
        const string timing = """ "kind": "rrule", "expression": "FREQ=MONTHLY;BYDAY=1MO", "zone": "Europe/Berlin", "startsAt": "2098-01-01T09:00" """;
        (HttpStatusCode status, JsonElement preview, _) = await SendAsync(HttpMethod.Post, "api/schedules/preview", "{" + timing + "}", null);
        (Guid id, _) = await MakeAsync("berlin", timing);
        JsonElement next = await ReadAsync($"api/schedules/{id}/next");

        status.Should().Be(HttpStatusCode.OK);
        next.GetRawText().Should().Be(preview.GetRawText());
        preview.GetProperty("instants").EnumerateArray().Select(instant => instant.GetString()).Should().HaveCount(10).And.HaveElementAt(0, "2098-01-06T09:00:00+01:00").And.HaveElementAt(3, "2098-04-07T09:00:00+02:00");
    }

    [Theory]
    [InlineData("before", true)]
    [InlineData("keep", false)]
    public async Task Preview_AndNext_MarkInstantsOfAYearThatIsNotPublished(string freeDays, bool isProvisional)
    {
        string calendar = freeDays == "keep" ? "" : ", \"calendar\": \"CN\"";
        string timing = $$""" "kind": "cron", "expression": "0 9 1 * *", "zone": "Asia/Shanghai", "startsAt": "2098-01-01T00:00", "freeDays": "{{freeDays}}"{{calendar}} """;
        (_, JsonElement preview, _) = await SendAsync(HttpMethod.Post, "api/schedules/preview", "{" + timing + "}", null);
        (Guid id, _) = await MakeAsync($"marked {freeDays}", timing);

        preview.GetProperty("upcoming").EnumerateArray().Select(one => one.GetProperty("isProvisional").GetBoolean()).Should().HaveCount(10).And.OnlyContain(mark => mark == isProvisional);
        preview.GetProperty("upcoming").EnumerateArray().Select(one => one.GetProperty("at").GetString()).Should().Equal(preview.GetProperty("instants").EnumerateArray().Select(one => one.GetString()));
        (await ReadAsync($"api/schedules/{id}/next")).GetRawText().Should().Be(preview.GetRawText());
    }

    [Fact]
    public async Task List_PageByPage_HasEachScheduleOnce()
    {
        for (int i = 0; i < 5; i++)
            await MakeAsync($"paged {i}", """ "kind": "cron", "expression": "0 0 1 1 *", "zone": "UTC" """);

        List<string?> names = [];
        string? after = null;
        do
        {
            JsonElement page = await ReadAsync($"api/schedules?search=paged&limit=2{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        names.Should().Equal("paged 0", "paged 1", "paged 2", "paged 3", "paged 4");
    }

    // The real clock: Quartz wakes the server at each second, and nobody fires an instant twice or leaves one out.
    [Fact]
    public async Task Clock_EverySecond_FiresByItselfOnceEach()
    {
        (Guid id, string tag) = await MakeAsync("each second", """ "kind": "interval", "expression": "1 second", "zone": "UTC", "misfire": "run_all" """);

        await Eventually.TrueAsync(() => server.Postgres.ScalarAsync<bool>("select count(*) >= 3 from schedule_firing f join instance i on i.id = f.instance_id where f.schedule_id = $1 and i.status = 'finished'", id));
        await PauseAsync(id, tag);

        (await server.Postgres.ScalarAsync<bool>("select count(*) = 1 + extract(epoch from max(due_at) - min(due_at)) from schedule_firing where schedule_id = $1", id)).Should().BeTrue("each second has its firing");
        (await server.Postgres.ScalarAsync<long>("select count(*) from schedule_firing where schedule_id = $1 and fired_at < due_at", id)).Should().Be(0, "none is early");
        // A server that was held up so long that it fired without its clock starts the clock after that.
        QuartzAlarms alarms = server.Services.GetRequiredService<QuartzAlarms>();
        await Eventually.TrueAsync(() => Task.FromResult(alarms.IsRunning));
        await Eventually.TrueAsync(() => server.Postgres.ScalarAsync<bool>("select exists (select 1 from qrtz_scheduler_state)"));
    }

    private async Task PauseAsync(Guid id, string tag) => (await SendAsync(HttpMethod.Post, $"api/schedules/{id}/pause", null, tag)).Status.Should().Be(HttpStatusCode.OK);

    private static string Body(string name, string timing) => $$"""{ "name": "{{name}}", "definitionId": "ending", {{timing}} }""";

    private async Task<(Guid Id, string Tag)> MakeAsync(string name, string timing)
    {
        (HttpStatusCode status, JsonElement made, string tag) = await SendAsync(HttpMethod.Post, "api/schedules", Body(name, timing), null);
        status.Should().Be(HttpStatusCode.Created, made.ToString());
        return (made.GetProperty("id").GetGuid(), tag);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await server.Program("auditor").GetAsync(path);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await ApiFixture.ReadAsync(answer);
    }

    private async Task<(HttpStatusCode Status, JsonElement Json, string Tag)> SendAsync(HttpMethod method, string path, string? body, string? match)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : ApiFixture.Json(body) };
        if (match is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        using HttpResponseMessage answer = await _operator.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, answer.Headers.ETag?.ToString() ?? "");
    }
}
