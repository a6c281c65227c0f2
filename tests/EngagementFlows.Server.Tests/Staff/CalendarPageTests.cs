using System.Net;
using System.Text;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>The pages of calendars and promises, as people use them.</summary>
public sealed class CalendarPageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Theory]
    [InlineData("en", "Calendars", "The firm", "China")]
    [InlineData("zh-CN", "日历", "本公司", "中国")]
    public async Task Calendars_ListWhatTheFirmKeepsAndWhatComesWithTheProduct(string language, string title, string firm, string china)
    {
        IDocument page = await house.ReadAsync("/calendars", language);

        page.QuerySelector("h1")!.TextContent.Should().Be(title);
        page.QuerySelector("a[href='/calendars/firm']")!.TextContent.Should().Be(firm);
        IElement row = page.QuerySelector("a[href='/calendars/countries/CN']")!.Closest("tr")!;
        row.TextContent.Should().Contain(china).And.Contain("chinese-days").And.Contain($"{HolidayTables.Find("CN")!.PublishedThrough}");
    }

    [Theory]
    [InlineData("en", "off", "work", "National Day")]
    [InlineData("zh-CN", "休", "班", "国庆节")]
    public async Task Country_ShowsItsYearAsTwelveMonthsWithWordsNotOnlyColours(string language, string off, string work, string name)
    {
        IDocument page = await house.ReadAsync("/calendars/countries/CN?year=2026", language);

        page.QuerySelectorAll(".year .month").Should().HaveCount(12);
        page.QuerySelectorAll(".month td").Count(cell => int.TryParse(string.Concat(cell.TextContent.TakeWhile(char.IsDigit)), out _)).Should().Be(365);
        IElement october = page.QuerySelectorAll(".year .month")[9];
        IElement first = october.QuerySelectorAll("td").First(cell => cell.TextContent.StartsWith('1'));
        first.ClassList.Should().Contain("off");
        first.QuerySelector("small")!.TextContent.Should().Be(off);
        first.GetAttribute("title").Should().Be(name);
        page.QuerySelector(".month td.work small")!.TextContent.Should().Be(work);
        page.QuerySelector(".hint-strong").Should().BeNull("the year is published");
    }

    [Fact]
    public async Task Country_OfAYearThatIsNotPublished_SaysSo()
    {
        int year = HolidayTables.Find("CN")!.PublishedThrough + 1;

        (await house.ReadAsync($"/calendars/countries/CN?year={year}")).QuerySelector(".hint-strong")!.TextContent.Should().Contain($"holidays of {year} are not published yet");
        (await house.ReadAsync("/calendars/countries/CN?year=99999")).QuerySelectorAll(".month").Should().HaveCount(12);
        await house.ReadAsync("/calendars/countries/XX", expected: HttpStatusCode.NotFound);
        await house.ReadAsync("/calendars/nowhere", expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Due_IsTriedWithItsReason()
    {
        IDocument page = await house.ReadAsync("/calendars/firm?from=2026-03-06T10:00&duration=3%20working%20days");
        IDocument wrong = await house.ReadAsync("/calendars/firm?from=x&duration=soon%3Cb%3E");

        page.Body!.TextContent.Should().Contain("Due Wed 11 Mar").And.Contain("3 working day(s)").And.Contain("2 day(s) off");
        wrong.QuerySelector("[role=alert]")!.TextContent.Should().Contain("“soon<b>”");
    }

    [Fact]
    public async Task Calendar_IsMadeChangedGivenADayAndRemoved()
    {
        using HttpResponseMessage made = await PostAsync("/calendars/new", "calendar", ("id", "lisbon"), ("name", "Lisbon"), ("nameZh", "里斯本"), ("zone", "Europe/Lisbon"), ("monday", "09:00-12:00，13:00-18:00"), ("revision", "0"));
        made.StatusCode.Should().Be(HttpStatusCode.Found, await made.Content.ReadAsStringAsync());
        using HttpResponseMessage day = await ActAsync("/calendars/lisbon", "/calendars/lisbon/day", ("revision", "1"), ("date", "2026-06-10"), ("kind", "off"), ("name", "Portugal Day"), ("nameZh", "葡萄牙国庆日"));
        day.StatusCode.Should().Be(HttpStatusCode.Found);
        using HttpResponseMessage old = await ActAsync("/calendars/lisbon", "/calendars/lisbon/day", ("revision", "1"), ("date", "2026-06-11"), ("kind", "off"), ("name", "Late"), ("nameZh", "晚"));

        IDocument page = await house.ReadAsync("/calendars/lisbon?year=2026");
        page.Body!.TextContent.Should().Contain("Portugal Day").And.Contain("09:00–12:00, 13:00–18:00").And.NotContain("Late");
        string person = (await house.Postgres.ScalarAsync<string>("select p.name from calendar c join person p on 'person:' || p.id = c.changed_by where c.id = 'lisbon'"))!;
        page.Body!.TextContent.Should().Contain($"by {person}").And.NotContain("person:");
        (await ActAsync("/calendars/lisbon", "/calendars/lisbon/take", ("revision", "2"), ("date", "2026-06-10"))).Dispose();
        (await house.Postgres.ScalarAsync<long>("select count(*) from calendar_day where calendar_id = 'lisbon'")).Should().Be(0);
        (await ActAsync("/calendars/lisbon", "/calendars/lisbon/remove", ("revision", "3"))).Dispose();
        (await house.Postgres.ScalarAsync<long>("select count(*) from calendar where id = 'lisbon'")).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where subject = 'calendar/lisbon'")).Should().Be(4);
    }

    [Theory]
    [InlineData("en", "no working hours")]
    [InlineData("zh-CN", "工作时间")]
    public async Task Calendar_WithAFault_KeepsWhatWasTyped(string language, string words)
    {
        using HttpResponseMessage answer = await PostAsync("/calendars/new", "calendar", "/calendars/new", language, [("id", "faulty"), ("name", "Faulty <b>"), ("nameZh", "问题"), ("revision", "0")]);
        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        page.QuerySelector("[role=alert]")!.TextContent.Should().Contain(words);
        page.QuerySelector("#name")!.GetAttribute("value").Should().Be("Faulty <b>");
    }

    [Fact]
    public async Task Ics_IsLookedAtBeforeItIsTaken()
    {
        using HttpResponseMessage bad = await UploadAsync("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260230\nEND:VEVENT\nEND:VCALENDAR\n", "zh-CN");
        (await HouseFixture.ParseAsync(await bad.Content.ReadAsStringAsync())).Body!.TextContent.Should().Contain("第 3 行").And.Contain("“20260230”");

        using HttpResponseMessage good = await UploadAsync("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Outing <i>\nDTSTART:20260612\nEND:VEVENT\nEND:VCALENDAR\n", "en");
        IDocument preview = await HouseFixture.ParseAsync(await good.Content.ReadAsStringAsync());
        preview.Body!.TextContent.Should().Contain("1 day(s) found").And.Contain("Outing <i>");
        (await house.Postgres.ScalarAsync<long>("select count(*) from calendar_day where calendar_id = 'firm'")).Should().Be(0);

        (await ActAsync("/calendars/firm/import", "/calendars/firm/import-days", ("revision", preview.QuerySelector("input[name=revision]")!.GetAttribute("value")!), ("text", preview.QuerySelector("textarea[name=text]")!.TextContent))).Dispose();
        (await house.Postgres.ScalarAsync<string>("select name_en from calendar_day where calendar_id = 'firm'")).Should().Be("Outing <i>");
        await house.Postgres.ExecuteAsync("delete from calendar_day where calendar_id = 'firm'");
    }

    [Theory]
    [InlineData("en", "provisional")]
    [InlineData("zh-CN", "暂定")]
    public async Task ProvisionalDate_IsMarkedWhereverItStands(string language, string mark)
    {
        Guid link = await house.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        await house.Postgres.ExecuteAsync("""
            insert into provisional_date (reference_id, kind, instance_id, engagement_id, bookmark_id, calendar, version, begun_at, duration, due_at)
            select l.bookmark_id, 'link', l.instance_id, l.engagement_id, b.id, 'client', 'test', now(), '10 working days', l.expires_at
            from link l join bookmark b on b.instance_id = l.instance_id and b.name = 'EngagementFlows.TimeOut' where l.id = $1
            on conflict do nothing
            """, link);
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", link);

        (await house.ReadAsync("/calendars", language)).QuerySelector("a[href='/calendars/provisional']")!.TextContent.Should().Contain("1");
        (await house.ReadAsync("/calendars/provisional", language)).QuerySelector("tbody .state")!.TextContent.Should().Be(mark);
        (await house.ReadAsync($"/links/{link}", language)).Body!.TextContent.Should().Contain(mark);
        (await house.ReadAsync($"/instances/{instance}", language)).QuerySelector(".page-line")!.TextContent.Should().Contain(mark);
    }

    [Theory]
    [InlineData("en", "Urgent", "2 working hours", "Kept")]
    [InlineData("zh-CN", "紧急", "2 个工作小时", "守约")]
    public async Task Promises_ShowWhatIsPromisedAndHowItWasKept(string language, string name, string time, string kept)
    {
        await house.Postgres.ExecuteAsync("""
            insert into clock (id, engagement_id, instance_id, name, class, started_at, time_limit, calendar, calendar_version, due_at, is_provisional, state, stopped_at, is_kept, elapsed)
            select gen_random_uuid(), e.id, gen_random_uuid(), 'answer', 'urgent', now() - interval '2 hours', '2 working hours', 'firm', 'firm 1', now(), false, 'stopped', now(), true, interval '90 minutes'
            from engagement e where not exists (select 1 from clock) order by id limit 1
            """);
        Guid client = await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = (select engagement_id from clock limit 1)");

        IDocument page = await house.ReadAsync("/promises", language);
        page.QuerySelector("a[href='/promises/urgent']")!.TextContent.Should().Be(name);
        page.Body!.TextContent.Should().Contain(time).And.Contain(kept).And.Contain("1.5");
        (await house.ReadAsync($"/clients/{client}", language)).QuerySelectorAll("aside dt").Single(term => term.TextContent == name).NextElementSibling!.TextContent.Should().Contain("1.5");
        foreach (string by in (string[])["owner", "engagement", "month", "nonsense"])
            (await house.ReadAsync($"/promises?by={by}&days=x", language)).QuerySelectorAll(".list").Should().HaveCount(2);
    }

    [Fact]
    public async Task Promise_IsChangedInTheReadersWords()
    {
        using HttpResponseMessage bad = await PostAsync("/promises/normal", "promise", ("revision", "1"), ("name", "Normal"), ("nameZh", "普通"), ("answer", "soon"), ("solution", "1 working day"));
        (await HouseFixture.ParseAsync(await bad.Content.ReadAsStringAsync())).QuerySelector("[role=alert]")!.TextContent.Should().Contain("'soon'");

        using HttpResponseMessage done = await PostAsync("/promises/normal", "promise", ("revision", "1"), ("name", "Normal"), ("nameZh", "普通"), ("answer", "12 个工作小时"), ("solution", "5 working days"), ("answer1", "4 working hours"), ("solution1", "2 working days"));
        done.StatusCode.Should().Be(HttpStatusCode.Found);

        (await house.Postgres.ScalarAsync<string>("select answer from promise_class where id = 'normal'")).Should().Be("12 working hours");
        (await house.Postgres.ScalarAsync<string>("select solution from promise_tier where class_id = 'normal' and tier = 1")).Should().Be("2 working days");
    }

    private Task<HttpResponseMessage> PostAsync(string page, string form, params (string Name, string Value)[] fields) => PostAsync(page, form, page, "en", fields);

    private Task<HttpResponseMessage> ActAsync(string page, string target, params (string Name, string Value)[] fields) => PostAsync(page, null, target, "en", fields);

    private async Task<HttpResponseMessage> PostAsync(string page, string? form, string target, string language, (string Name, string Value)[] fields)
    {
        List<KeyValuePair<string, string>> all = [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__RequestVerificationToken", HouseFixture.TokenOf(await house.Staff.GetStringAsync(page)))];
        if (form is not null)
            all.Add(new("_handler", form));
        return await SendAsync(target, language, new FormUrlEncodedContent(all));
    }

    private async Task<HttpResponseMessage> UploadAsync(string file, string language)
    {
        string token = HouseFixture.TokenOf(await house.Staff.GetStringAsync("/calendars/firm/import"));
        MultipartFormDataContent content = new() { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("look"), "_handler" } };
        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "days.ics");
        return await SendAsync("/calendars/firm/import", language, content);
    }

    private async Task<HttpResponseMessage> SendAsync(string target, string language, HttpContent content)
    {
        using HttpRequestMessage request = HouseFixture.SameOrigin(new(HttpMethod.Post, target) { Content = content }, house.Staff);
        request.Headers.Add("Cookie", $"ef-language={language}");
        return await house.Staff.SendAsync(request);
    }
}
