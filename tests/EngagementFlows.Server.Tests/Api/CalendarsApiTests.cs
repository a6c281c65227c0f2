using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Calendars and the promise table over the API: read by everybody, written by operators who saw what is there.</summary>
public sealed class CalendarsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Program => server.Program(StaffRoles.Operator);

    [Fact]
    public async Task Put_MakesACalendarThatCountsAsItSays()
    {
        using HttpResponseMessage made = await PutAsync("munich", null, new
        {
            name = new { en = "Munich", zhCn = "慕尼黑" },
            zone = "Europe/Berlin",
            country = "DE",
            week = new { monday = new[] { "08:00-12:00" }, tuesday = new[] { "08:00-12:00" } },
            days = new[] { new { date = "2026-06-02", name = new { en = "Outing", zhCn = "团建" }, isWorkingDay = false } },
        });
        JsonElement calendar = await ReadAsync(made);

        made.StatusCode.Should().Be(HttpStatusCode.OK);
        calendar.GetProperty("knownThrough").GetInt32().Should().Be(HolidayTables.Find("DE")!.PublishedThrough);
        calendar.GetProperty("source").GetString().Should().StartWith("npm date-holidays");
        JsonElement due = await Program.GetFromJsonAsync<JsonElement>("api/calendars/munich/due?from=2026-06-01T06:00:00Z&duration=1%20working%20day");
        due.GetProperty("due").GetDateTimeOffset().Should().Be(DateTimeOffset.Parse("2026-06-08T06:00:00Z"), "Tuesday is off, the rest of the week is free");
        due.GetProperty("localDue").GetString().Should().Be("2026-06-08T08:00:00+02:00");
        due.GetProperty("workingDays").GetInt32().Should().Be(1);
        due.GetProperty("daysOff").GetInt32().Should().Be(6);
        due.GetProperty("special")[0].GetProperty("name").GetProperty("zhCn").GetString().Should().Be("团建");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'CalendarMade' and subject = 'calendar/munich'")).Should().Be(1);
    }

    [Fact]
    public async Task Put_OfAnOldView_IsRefusedWithWhoAndWhen()
    {
        using HttpResponseMessage made = await PutAsync("stale", null, new { name = new { en = "Stale", zhCn = "旧" } });
        EntityTagHeaderValue tag = made.Headers.ETag!;
        (await PutAsync("stale", tag, new { name = new { en = "Fresh", zhCn = "新" } })).EnsureSuccessStatusCode();

        using HttpResponseMessage old = await PutAsync("stale", tag, new { name = new { en = "Again", zhCn = "再" } });
        using HttpResponseMessage blind = await PutAsync("stale", null, new { name = new { en = "Again", zhCn = "再" } });

        old.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ProblemAsync(old)).Should().Contain("'CalendarChanged' by 'key:operator'");
        blind.StatusCode.Should().Be((HttpStatusCode)428);
    }

    [Theory]
    [InlineData("Bad", """{"name":{"en":"x","zhCn":"x"}}""", "small letter")]
    [InlineData("countries2", """{"name":{"en":"","zhCn":"x"}}""", "'name'")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"zone":"Mars/Base"}""", "'Mars/Base'")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"country":"XX"}""", "'XX'")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"week":{"monday":["12:00-09:00"]}}""", "12:00")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"week":{}}""", "no working hours")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"week":{"someday":["09:00-12:00"]}}""", "'someday'")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"days":[{"date":"2026-01-02","name":{"en":"x","zhCn":"x"},"isWorkingDay":false},{"date":"2026-01-02","name":{"en":"y","zhCn":"y"},"isWorkingDay":true}]}""", "twice")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"days":[{"date":"1026-01-02","name":{"en":"x","zhCn":"x"},"isWorkingDay":false}]}""", "2000 to 2200")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"servesClients":true}""", "needs a country")]
    [InlineData("bad", """{"name":{"en":"x","zhCn":"x"},"publishedThrough":99}""", "2000 to 2200")]
    public async Task Put_WhatCannotBe_SaysWhyInBothLanguages(string id, string body, string message)
    {
        using HttpResponseMessage answer = await Program.PutAsync($"api/calendars/{id}", new StringContent(body, Encoding.UTF8, "application/json"));
        JsonElement problem = await ReadAsync(answer);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString().Should().Contain(message);
        problem.GetProperty("message").GetProperty("zhCn").GetString().Should().MatchRegex("[\u4e00-\u9fff]");
    }

    [Fact]
    public async Task Import_IsPreviewedThenDoneOnceUnderItsKey()
    {
        using HttpResponseMessage made = await PutAsync("imported", null, new { name = new { en = "Imported", zhCn = "导入" }, country = "CN" });
        string ics = Ics("DTSTART;VALUE=DATE:20270201", "DTEND;VALUE=DATE:20270204", "SUMMARY:春节（休）") + Ics("DTSTART;VALUE=DATE:20270206", "SUMMARY:春节（班）");

        JsonElement preview = await ReadAsync(await ImportAsync("imported", "?preview=true", ics, null, null));
        preview.GetProperty("days").GetArrayLength().Should().Be(4);
        (await server.Postgres.ScalarAsync<long>("select count(*) from calendar_day where calendar_id = 'imported'")).Should().Be(0);

        using HttpResponseMessage first = await ImportAsync("imported", "?publishedThrough=2027", ics, made.Headers.ETag, "import-1");
        using HttpResponseMessage again = await ImportAsync("imported", "?publishedThrough=2027", ics, made.Headers.ETag, "import-1");

        first.StatusCode.Should().Be(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        again.StatusCode.Should().Be(HttpStatusCode.OK);
        again.Headers.GetValues("Idempotency-Replayed").Should().Equal("true");
        JsonElement calendar = await Program.GetFromJsonAsync<JsonElement>("api/calendars/imported");
        calendar.GetProperty("days").EnumerateArray().Count(day => day.GetProperty("isWorkingDay").GetBoolean()).Should().Be(1);
        calendar.GetProperty("revision").GetInt64().Should().Be(2);
        JsonElement due = await Program.GetFromJsonAsync<JsonElement>("api/calendars/imported/due?from=2027-01-29T02:00:00Z&duration=1%20working%20day");
        due.GetProperty("isProvisional").GetBoolean().Should().BeFalse("the firm has entered the year");
    }

    [Fact]
    public async Task Import_OfAFaultyFile_NamesTheLinesAndChangesNothing()
    {
        using HttpResponseMessage made = await PutAsync("faulty", null, new { name = new { en = "Faulty", zhCn = "问题" } });

        using HttpResponseMessage answer = await ImportAsync("faulty", "", Ics("DTSTART:20260230") + Ics("DTSTART:20260101", "RRULE:FREQ=YEARLY"), made.Headers.ETag, null);
        JsonElement problem = await ReadAsync(answer);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("line").GetInt32()).Should().Equal(3, 7);
        problem.GetProperty("faults")[1].GetProperty("message").GetProperty("zhCn").GetString().Should().Contain("重复");
        (await ImportAsync("faulty", "", new string('x', 10), null, null)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ImportAsync("nowhere", "", Ics("DTSTART:20260101"), null, null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Due_ByACountryIntoAYearThatIsNotPublished_IsProvisional()
    {
        int year = HolidayTables.Find("CN")!.PublishedThrough;

        JsonElement due = await Program.GetFromJsonAsync<JsonElement>($"api/calendars/CN/due?from={year}-12-30T02:00:00Z&duration=3%20working%20days");

        due.GetProperty("isProvisional").GetBoolean().Should().BeTrue();
        due.GetProperty("version").GetString().Should().Contain("chinese-days");
        using HttpResponseMessage bad = await Program.GetAsync("api/calendars/CN/due?duration=soon");
        (await ProblemAsync(bad)).Should().Contain("'soon'").And.Contain("3 working days");
        using HttpResponseMessage unknown = await Program.GetAsync("api/calendars/moon/due?duration=1%20working%20day");
        (await ProblemAsync(unknown)).Should().Contain("no calendar 'moon'");
    }

    [Fact]
    public async Task Clients_OfACountry_FollowOneCalendarOnly()
    {
        (await PutAsync("japan", null, new { name = new { en = "Japan", zhCn = "日本" }, country = "JP", servesClients = true })).EnsureSuccessStatusCode();

        using HttpResponseMessage second = await PutAsync("japan-two", null, new { name = new { en = "Japan 2", zhCn = "日本 2" }, country = "JP", servesClients = true });

        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ProblemAsync(second)).Should().Contain("JP");
    }

    [Fact]
    public async Task Remove_TheFirmsOwnCalendar_IsRefused()
    {
        using HttpResponseMessage answer = await Program.DeleteAsync("api/calendars/firm");

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Promises_AreChangedByWhoSawThem_AndReadInOneSpelling()
    {
        using HttpResponseMessage seen = await Program.GetAsync("api/promises/high");

        using HttpResponseMessage changed = await SendAsync(HttpMethod.Put, "api/promises/high", seen.Headers.ETag, new
        {
            name = new { en = "High", zhCn = "高" },
            answer = "3个工作小时",
            solution = "2 个工作日",
            tiers = new Dictionary<string, object> { ["1"] = new { answer = "1 working hour", solution = "1.00:00:00" } },
        });
        using HttpResponseMessage old = await SendAsync(HttpMethod.Put, "api/promises/high", seen.Headers.ETag, new { answer = "1 working hour", solution = "1 working hour" });
        using HttpResponseMessage bad = await SendAsync(HttpMethod.Put, "api/promises/new-one", null, new { name = new { en = "x", zhCn = "x" }, answer = "soon", solution = "1 working day" });

        JsonElement promise = (await ReadAsync(changed)).GetProperty("class");
        promise.GetProperty("times").GetProperty("answer").GetString().Should().Be("3 working hours");
        promise.GetProperty("tiers").GetProperty("1").GetProperty("solution").GetString().Should().Be("1.00:00:00");
        old.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        bad.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'PromiseChanged' and subject = 'promise/high'")).Should().Be(1);
    }

    [Fact]
    public async Task Lists_ArePaged()
    {
        JsonElement first = await Program.GetFromJsonAsync<JsonElement>("api/calendars/countries?limit=5");
        JsonElement second = await Program.GetFromJsonAsync<JsonElement>($"api/calendars/countries?limit=500&after={first.GetProperty("next").GetString()}");

        (first.GetProperty("items").GetArrayLength() + second.GetProperty("items").GetArrayLength()).Should().Be(HolidayTables.Countries.Count());
        JsonElement promises = await Program.GetFromJsonAsync<JsonElement>("api/promises?limit=1");
        promises.GetProperty("next").GetString().Should().NotBeNull();
    }

    private Task<HttpResponseMessage> PutAsync(string id, EntityTagHeaderValue? tag, object body) => SendAsync(HttpMethod.Put, $"api/calendars/{id}", tag, body);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, EntityTagHeaderValue? tag, object body)
    {
        using HttpRequestMessage request = new(method, address) { Content = JsonContent.Create(body) };
        if (tag is not null)
            request.Headers.IfMatch.Add(tag);
        return await Program.SendAsync(request);
    }

    private async Task<HttpResponseMessage> ImportAsync(string id, string query, string file, EntityTagHeaderValue? tag, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"api/calendars/{id}/import{query}") { Content = new StringContent(file.StartsWith('x') ? file : $"BEGIN:VCALENDAR\n{file}END:VCALENDAR\n", Encoding.UTF8, "text/calendar") };
        if (tag is not null)
            request.Headers.IfMatch.Add(tag);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Program.SendAsync(request);
    }

    private static string Ics(params string[] lines) => $"BEGIN:VEVENT\n{string.Join("\n", lines)}\nEND:VEVENT\n";
}
