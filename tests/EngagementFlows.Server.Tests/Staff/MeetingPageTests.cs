using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Postgres;
using EngagementFlows.Server.Staff.Meetings;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>A server whose flow arranges a meeting with the client and collects its minutes.</summary>
public sealed class MeetingHouse : HouseFixture
{
    private const string Flow = """
        { "definitionId": "talk", "id": "talk-v1", "name": "talk", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [ { "id": "v-meeting", "name": "Meeting", "typeName": "String", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [
            { "id": "Schedule", "type": "EngagementFlows.ScheduleMeeting",
              "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Review <b>of</b> the month" } },
              "titleZh": { "typeName": "String", "expression": { "type": "Literal", "value": "月度回顾" } },
              "agenda": { "typeName": "String", "expression": { "type": "Literal", "value": "1. Done\n2. Next" } },
              "audience": { "typeName": "String", "expression": { "type": "Literal", "value": "internal" } },
              "series": { "typeName": "String", "expression": { "type": "Literal", "value": "Review" } },
              "when": { "typeName": "Object", "expression": { "type": "Literal", "value": "in 3 working days at 10:00" } },
              "meeting": { "typeName": "String", "memoryReference": { "id": "v-meeting" } } },
            { "id": "Collect", "type": "EngagementFlows.CollectMinutes",
              "meeting": { "typeName": "String", "expression": { "type": "JavaScript", "value": "variables.Meeting" } },
              "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Write the minutes" } },
              "titleZh": { "typeName": "String", "expression": { "type": "Literal", "value": "填写会议记录" } },
              "form": { "typeName": "String", "expression": { "type": "Literal", "value": "forms/minutes.json" } } } ] } }
        """;

    private const string Form = """
        { "title": { "default": "Minutes", "zh-cn": "会议记录" }, "pages": [ { "name": "minutes", "elements": [
          { "type": "paneldynamic", "name": "decisions", "title": { "default": "Decisions", "zh-cn": "决定" }, "minPanelCount": 1, "maxPanelCount": 5,
            "templateElements": [ { "type": "text", "name": "what", "title": { "default": "What was decided", "zh-cn": "决定内容" } } ] } ] } ] }
        """;

    // Who waits for minutes of a client's meeting says until when.
    private static readonly string WithTheClient = Flow
        .Replace("talk", "visit", StringComparison.Ordinal)
        .Replace("\"internal\"", "\"client\"", StringComparison.Ordinal)
        .Replace("\"form\": {", """ "dueIn": { "typeName": "String", "expression": { "type": "Literal", "value": "3 working days" } }, "form": { """, StringComparison.Ordinal);

    /// <summary>Starts the flow for a client and returns its meeting.</summary>
    public async Task<Guid> ArrangeAsync(string client = "C-1003", string flow = "talk")
    {
        Guid engagement = await Postgres.ScalarAsync<Guid>("select e.id from engagement e join client c on c.id = e.client_id where c.external_id = $1", client);
        using HttpResponseMessage answer = await Program("operator").PostAsJsonAsync("api/instances", new { definitionId = flow, correlationId = engagement });
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        Guid instance = (await ApiFixture.ReadAsync(answer)).GetProperty("instance").GetProperty("id").GetGuid();
        return await Postgres.ScalarAsync<Guid>("select id from meeting where instance_id = $1", instance);
    }

    /// <summary>Invites somebody besides and returns his browser.</summary>
    public async Task<(HttpClient Browser, Guid Person)> InviteAsync(Guid meeting, params string[] roles)
    {
        (HttpClient browser, Guid person) = await SignInAsync(roles.Length == 0 ? [StaffRoles.Architect] : roles);
        await Postgres.ExecuteAsync("insert into meeting_invitee (meeting_id, position, person_id, answer) select $1, max(position) + 1, $2, 'none' from meeting_invitee where meeting_id = $1", meeting, person);
        return (browser, person);
    }

    protected override void WriteFiles(string folder)
    {
        base.WriteFiles(folder);
        foreach ((string name, string flow) in new[] { ("talk", Flow), ("visit", WithTheClient) })
        {
            string process = Path.Combine(folder, "workflows", name);
            Directory.CreateDirectory(Path.Combine(process, "forms"));
            File.WriteAllText(Path.Combine(process, $"{name}.json"), flow);
            File.WriteAllText(Path.Combine(process, "forms", "minutes.json"), Form);
        }
    }
}

/// <summary>Meetings as people of the firm use them, on pages and through the API.</summary>
public sealed class MeetingPageTests(MeetingHouse house) : IClassFixture<MeetingHouse>
{
    [Theory]
    [InlineData("en", "Meetings", "Review <b>of</b> the month", "Planned", "staff alone")]
    [InlineData("zh-CN", "会议", "月度回顾", "已安排", "仅内部")]
    public async Task Pages_ShowWhatIsToCome_InBothLanguages(string language, string title, string name, string planned, string audience)
    {
        Guid meeting = await house.ArrangeAsync();

        IDocument list = await house.ReadAsync("/meetings", language);
        IDocument page = await house.ReadAsync($"/meetings/{meeting}", language);

        list.QuerySelector("h1")!.TextContent.Should().Be(title);
        list.QuerySelector($"a[href='/meetings/{meeting}']")!.TextContent.Should().Be(name);
        page.QuerySelector("h1")!.TextContent.Should().Be(name);
        page.QuerySelector(".page-line")!.TextContent.Should().Contain(planned);
        page.QuerySelector("dl.facts")!.TextContent.Should().Contain(audience).And.Contain("Review");
        page.QuerySelectorAll("ul.story li").Should().NotBeEmpty("that it was arranged is its history");
        page.QuerySelectorAll("b").Should().BeEmpty("a title is text");
    }

    [Theory]
    [InlineData("2020-01-01", "earliest date allowed")]
    [InlineData("9999-12-31", "at most ten years ahead")]
    public async Task Link_ByWhichTheClientProposesWhatNoMeetingCanKeep_SaysSoAtTheFieldAndStaysOpen(string date, string words)
    {
        Guid meeting = await house.ArrangeAsync("C-1005", "visit");
        Guid link = await house.Postgres.ScalarAsync<Guid>("select link_id from meeting where id = $1", meeting);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link));
        IDocument page = await HouseFixture.ParseAsync(html);
        List<KeyValuePair<string, string>> fields =
        [
            .. page.QuerySelectorAll("form[method=post] input[type=hidden]").Select(field => new KeyValuePair<string, string>(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")),
            new("shown", "proposedDate"), new("shown", "proposedTime"), new("q.answer", "propose"), new("q.proposedDate", date), new("q.proposedTime", "10:00"), new("go", "send"),
        ];
        using FormUrlEncodedContent content = new(fields);

        using HttpResponseMessage answer = await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, form) { Content = content }, browser));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("#question-proposedDate")!.TextContent.Should().Contain(words);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    [Fact]
    public async Task Page_WhereTheClientHasOtherClocks_ShowsBothTimes()
    {
        Guid meeting = await house.ArrangeAsync();
        await house.Postgres.ExecuteAsync("update meeting set zone = 'America/New_York' where id = $1", meeting);

        string facts = (await house.ReadAsync($"/meetings/{meeting}")).QuerySelector("dl.facts")!.TextContent;

        facts.Should().Contain("America/New_York");
        (await house.ReadAsync("/meetings?when=nonsense&state=x&engagement=%27&of=you")).QuerySelector("h1").Should().NotBeNull();
        await house.ReadAsync("/meetings?after=zzz", expected: HttpStatusCode.Found);
        await house.ReadAsync($"/meetings/{TimeOrderedId.Create(TimeProvider.System.GetUtcNow())}", expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_OfSomebodyWhoIsInvited_StandsOnThePageAndOnNoOther()
    {
        Guid meeting = await house.ArrangeAsync();
        (HttpClient browser, _) = await house.InviteAsync(meeting);

        (await browser.GetStringAsync("/")).Should().Contain($"/meetings/{meeting}", "it is among the meetings of the next days");
        using HttpResponseMessage declined = await PostAsync(browser, meeting, "answer", new() { ["answer"] = "decline", ["comment"] = "On leave", ["revision"] = "1" });
        IDocument page = await house.ReadAsync($"/meetings/{meeting}");

        page.QuerySelector("table.list")!.TextContent.Should().Contain("Declined").And.Contain("On leave");
        page.QuerySelectorAll("form[action$='/answer']").Should().BeEmpty("this reader is not invited");
        using HttpResponseMessage stranger = await PostAsync(house.Staff, meeting, "answer", new() { ["answer"] = "accept", ["revision"] = "1" });
        (await house.Staff.GetStringAsync(stranger.Headers.Location)).Should().ContainAny("You are not invited", "不在此会议");
        using HttpResponseMessage without = await PostAsync(browser, meeting, "answer", new() { ["answer"] = "propose", ["revision"] = "1" });
        (await browser.GetStringAsync(without.Headers.Location)).Should().ContainAny("Say which time suits you", "请填写您方便的时间");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'MeetingAnswered' and subject = $1", $"meeting/{meeting}")).Should().Be(1);
    }

    [Theory]
    [InlineData("en", "changed the meeting in the meantime")]
    [InlineData("zh-CN", "已被他人更改")]
    public async Task Answer_OnAPageThatShowsTheOldTime_IsNotKeptAndSaysSo(string language, string words)
    {
        Guid meeting = await house.ArrangeAsync("C-1009");
        (HttpClient browser, Guid person) = await house.InviteAsync(meeting);
        await house.Postgres.ExecuteAsync("update person set language = $2 where id = $1", person, language);
        IDocument page = await HouseFixture.ParseAsync(await browser.GetStringAsync($"/meetings/{meeting}"));
        string seen = page.QuerySelector("form[action$='/answer'] input[name=revision]")!.GetAttribute("value")!;
        await house.Postgres.ExecuteAsync("update meeting set starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days', sequence = 1, revision = revision + 1 where id = $1", meeting);

        using HttpResponseMessage late = await PostAsync(browser, meeting, "answer", new() { ["answer"] = "accept", ["revision"] = seen });
        using HttpResponseMessage blind = await PostAsync(browser, meeting, "answer", new() { ["answer"] = "accept" });

        (await browser.GetStringAsync(late.Headers.Location)).Should().ContainAny(words, "changed the meeting in the meantime", "已被他人更改");
        blind.StatusCode.Should().Be(HttpStatusCode.Found);
        (await house.Postgres.ScalarAsync<string>("select answer from meeting_invitee where meeting_id = $1 and person_id = $2", meeting, person)).Should().Be("none");
    }

    [Fact]
    public async Task Move_OnThePage_GoesByTheMeetingsClocksAndAsksForAReason()
    {
        Guid meeting = await house.ArrangeAsync();
        await house.Postgres.ExecuteAsync("update meeting set zone = 'Asia/Shanghai' where id = $1", meeting);
        Dictionary<string, string> fields = new() { ["startsAt"] = "2030-03-04T10:00", ["minutes"] = "90", ["place"] = "Room 7", ["reason"] = "The room is taken.", ["message"] = "A little later.", ["revision"] = "1" };

        using HttpResponseMessage silent = await PostAsync(house.Staff, meeting, "move", new(fields) { ["reason"] = " " });
        (await house.Staff.GetStringAsync(silent.Headers.Location)).Should().ContainAny("say why, so that the audit is complete", "请填写原因，以便审计完整");
        using HttpResponseMessage past = await PostAsync(house.Staff, meeting, "move", new(fields) { ["startsAt"] = "2020-03-04T10:00" });
        (await house.Staff.GetStringAsync(past.Headers.Location)).Should().ContainAny("must lie ahead", "须晚于现在");
        using HttpResponseMessage moved = await PostAsync(house.Staff, meeting, "move", fields);
        using HttpResponseMessage late = await PostAsync(house.Staff, meeting, "cancel", new() { ["reason"] = "Too late.", ["revision"] = "1" });

        (await house.Staff.GetStringAsync(late.Headers.Location)).Should().ContainAny("changed the meeting in the meantime", "已被他人更改");
        (await house.Postgres.ScalarAsync<DateTime>("select starts_at from meeting where id = $1", meeting)).Should().Be(new DateTime(2030, 3, 4, 2, 0, 0));
        (await house.Postgres.ScalarAsync<string>("select state || ' ' || place || ' ' || (ends_at - starts_at) from meeting where id = $1", meeting)).Should().Be("planned Room 7 01:30:00");
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where template = 'meeting-moved' and text like '%A little later.%' and text not like '%room is taken%'")).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Acts_ByAnAuditor_AreForbiddenAndNotOffered()
    {
        Guid meeting = await house.ArrangeAsync();
        (HttpClient auditor, _) = await house.InviteAsync(meeting, StaffRoles.Auditor);

        using HttpResponseMessage answer = await PostAsync(auditor, meeting, "cancel", new() { ["reason"] = "I want to.", ["revision"] = "1" });

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await HouseFixture.ParseAsync(await auditor.GetStringAsync($"/meetings/{meeting}"))).QuerySelectorAll("main form").Should().BeEmpty();
        (await house.Postgres.ScalarAsync<string>("select state from meeting where id = $1", meeting)).Should().Be("planned");
    }

    [Fact]
    public async Task Cards_BesideTheEngagement_ShowItsNextMeetings()
    {
        Guid meeting = await house.ArrangeAsync("C-1004");
        Guid client = await house.Postgres.ScalarAsync<Guid>("select id from client where external_id = 'C-1004'");
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select engagement_id from meeting where id = $1", meeting);

        IDocument page = await house.ReadAsync($"/clients/{client}");
        IDocument list = await house.ReadAsync($"/meetings?engagement={engagement}");

        page.QuerySelector($"aside a[href='/meetings/{meeting}']").Should().NotBeNull();
        page.QuerySelector($"aside a[href='/meetings?engagement={engagement}']").Should().NotBeNull();
        list.QuerySelectorAll("table.list tbody tr").Should().ContainSingle();
    }

    [Fact]
    public async Task Files_ForCalendars_HoldOneTheSeriesOrOnesOwn()
    {
        Guid first = await house.ArrangeAsync("C-1005");
        Guid second = await house.ArrangeAsync("C-1005");
        (HttpClient browser, _) = await house.InviteAsync(second);

        using HttpResponseMessage one = await house.Staff.GetAsync($"/meetings/{first}.ics");
        string series = await house.Staff.GetStringAsync($"/meetings/{second}/series.ics");
        string mine = await browser.GetStringAsync("/meetings/mine.ics");

        one.Content.Headers.ContentType!.MediaType.Should().Be("text/calendar");
        one.Content.Headers.ContentDisposition!.FileName.Should().Be("invite.ics");
        (await one.Content.ReadAsStringAsync()).Should().Contain("METHOD:PUBLISH").And.Contain($"UID:{first}").And.NotContain("ATTENDEE");
        series.Should().Contain($"UID:{first}").And.Contain($"UID:{second}").And.NotContain("RECURRENCE-ID");
        mine.Should().Contain($"UID:{second}").And.NotContain($"UID:{first}");
        using HttpResponseMessage none = await house.Staff.GetAsync($"/meetings/{TimeOrderedId.Create(TimeProvider.System.GetUtcNow())}.ics");
        none.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Api_MovesOnlyWhatWasSeenAndListsByFilter()
    {
        Guid meeting = await house.ArrangeAsync("C-1006");
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select engagement_id from meeting where id = $1", meeting);
        HttpClient program = house.Program("operator");
        using HttpResponseMessage shown = await program.GetAsync($"api/meetings/{meeting}");
        object move = new { startsAt = "2030-03-04T10:00:00+08:00", reason = "Clash" };

        (await ActAsync(program, meeting, "move", move, tag: null)).StatusCode.Should().Be((HttpStatusCode)428);
        (await ActAsync(program, meeting, "move", new { reason = "Clash" }, shown.Headers.ETag!.Tag)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ActAsync(program, meeting, "move", new { startsAt = "2030-03-04T10:00:00+08:00" }, shown.Headers.ETag.Tag)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ActAsync(program, meeting, "move", new { startsAt = "2020-03-04T10:00:00+08:00", reason = "Clash" }, shown.Headers.ETag.Tag)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        HttpResponseMessage far = await ActAsync(program, meeting, "move", new { startsAt = "9999-12-31T23:59:59Z", reason = "Clash" }, shown.Headers.ETag.Tag);
        far.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.ProblemAsync(far)).Should().Contain("'startsAt' lies more than 10 years ahead.");
        HttpResponseMessage zoneless = await ActAsync(program, meeting, "move", new { startsAt = "2030-12-01T10:00:00", reason = "Clash" }, shown.Headers.ETag.Tag);
        zoneless.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ApiFixture.ProblemAsync(zoneless)).Should().Contain("'$.startsAt' is '2030-12-01T10:00:00', a time without an offset. Write an instant with its offset");
        HttpResponseMessage[] raced = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ActAsync(program, meeting, "move", move, shown.Headers.ETag.Tag)));
        raced.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(1);
        raced.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).Should().Be(7);
        HttpResponseMessage winner = raced.Single(answer => answer.StatusCode == HttpStatusCode.OK);
        (await ActAsync(program, meeting, "cancel", new { reason = "No need" }, winner.Headers.ETag!.Tag)).StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage again = await program.GetAsync($"api/meetings/{meeting}");
        HttpResponseMessage twice = await ActAsync(program, meeting, "cancel", new { reason = "No need" }, again.Headers.ETag!.Tag);

        twice.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ApiFixture.ProblemAsync(twice)).Should().Contain("over or was called off");
        (await IdsAsync(program, $"api/meetings?engagementId={engagement}&state=cancelled")).Should().Equal(meeting);
        (await IdsAsync(program, $"api/meetings?engagementId={engagement}&state=planned")).Should().BeEmpty();
        (await IdsAsync(program, $"api/meetings?engagementId={engagement}&past=true")).Should().BeEmpty();
        using HttpResponseMessage wrong = await program.GetAsync("api/meetings?state=5");
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Api_AnswersForAPersonAndForNobodyElse()
    {
        Guid meeting = await house.ArrangeAsync("C-1007");
        (HttpClient browser, _) = await house.InviteAsync(meeting);

        using HttpResponseMessage shown = await browser.GetAsync($"api/meetings/{meeting}");
        string tag = shown.Headers.ETag!.Tag;
        using HttpResponseMessage blind = await ActAsync(browser, meeting, "answer", new { answer = "accept" }, tag: null);
        using HttpResponseMessage accepted = await ActAsync(browser, meeting, "answer", new { answer = "accept" }, tag);
        using HttpResponseMessage wrong = await ActAsync(browser, meeting, "answer", new { answer = "accept", proposedAt = "2030-03-04T10:00:00Z" }, tag);
        using HttpResponseMessage over = await ActAsync(browser, meeting, "answer", new { answer = "propose", proposedAt = "2020-03-04T10:00:00Z" }, tag);
        using HttpResponseMessage far = await ActAsync(browser, meeting, "answer", new { answer = "propose", proposedAt = "9999-12-31T23:59:59Z" }, tag);
        using HttpResponseMessage nobody = await house.Program("operator").PostAsJsonAsync($"api/meetings/{meeting}/answer", new { answer = "accept" });

        accepted.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ApiFixture.ReadAsync(accepted)).GetProperty("invitees").EnumerateArray().Last().GetProperty("answer").GetString().Should().Be("accepted");
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        over.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        far.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        blind.StatusCode.Should().Be((HttpStatusCode)428);
        await house.Postgres.ExecuteAsync("update meeting set starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days', sequence = 1, revision = revision + 1 where id = $1", meeting);
        using HttpResponseMessage late = await ActAsync(browser, meeting, "answer", new { answer = "decline" }, tag);
        late.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed, "it was moved meanwhile");
        nobody.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Minutes_SentTwice_AreToldSoAndChangeNothing()
    {
        Guid meeting = await house.ArrangeAsync("C-1008");
        await house.Postgres.ExecuteAsync("update meeting set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = $1", meeting);
        await Eventually.TrueAsync(async () =>
        {
            await house.Postgres.ExecuteAsync("update inbox set due_at = now() where kind = 'timer' and instance_id = (select instance_id from meeting where id = $1)", meeting);
            return await house.Postgres.ScalarAsync<long>("select count(*) from task t join meeting g on g.instance_id = t.instance_id where g.id = $1", meeting) == 1;
        });
        Guid task = await house.Postgres.ScalarAsync<Guid>("select t.id from task t join meeting g on g.instance_id = t.instance_id where g.id = $1", meeting);
        (HttpClient writer, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        await house.Postgres.ExecuteAsync("update task set assignee_person_id = $2, assignee_role = null where id = $1", task, person);
        object minutes = new { outcome = "Held", answers = new { decisions = new[] { new { what = "We go on." } } } };

        using HttpResponseMessage first = await writer.PostAsJsonAsync($"api/tasks/{task}/complete", minutes);
        using HttpResponseMessage second = await writer.PostAsJsonAsync($"api/tasks/{task}/complete", new { outcome = "Missed" });
        string page = await writer.GetStringAsync($"/inbox/{task}");

        first.StatusCode.Should().Be(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ApiFixture.ProblemAsync(second)).Should().Contain("closed already; its outcome stands");
        page.Should().NotContain("form class=\"decide\"");
        (await house.Postgres.ScalarAsync<string>("select state from meeting where id = $1", meeting)).Should().Be("held");
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id = $1", task)).Should().Be(1);
        IDocument shown = await house.ReadAsync($"/meetings/{meeting}");
        shown.QuerySelector(".page-line")!.TextContent.Should().Contain("Held");
        shown.Body!.TextContent.Should().Contain("We go on.");
    }

    [Fact]
    public void Texts_EveryStateAndAnswer_HasItsNameAndColour()
    {
        foreach (MeetingState state in Enum.GetValues<MeetingState>())
            (MeetingTexts.NameOf(state).ZhCn, Enum.IsDefined(MeetingTexts.ToneOf(state))).Should().NotBe(("", false));
        foreach (MeetingAnswer answer in Enum.GetValues<MeetingAnswer>())
            (MeetingTexts.NameOf(answer).ZhCn, Enum.IsDefined(MeetingTexts.ToneOf(answer))).Should().NotBe(("", false));
    }

    [Fact]
    public void Letters_ToStaff_LeadToTheMeetingsPage() =>
        house.Services.GetRequiredService<Func<MailAddresses>>()().Fill(MailAddresses.MeetingPlaceholder(Guid.Empty), null).Should().EndWith($"/meetings/{Guid.Empty}");

    private static Task<HttpResponseMessage> PostAsync(HttpClient person, Guid meeting, string act, Dictionary<string, string> fields) =>
        ServerFixture.PostFormAsync(person, $"/meetings/{meeting}", $"/meetings/{meeting}/{act}", fields);

    private static async Task<HttpResponseMessage> ActAsync(HttpClient program, Guid meeting, string act, object body, string? tag)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"api/meetings/{meeting}/{act}") { Content = JsonContent.Create(body) };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await program.SendAsync(request);
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(HttpClient program, string path)
    {
        JsonElement page = await program.GetFromJsonAsync<JsonElement>(path);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
    }
}
