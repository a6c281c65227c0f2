using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Schedules;

/// <summary>Schedules made, looked at, changed, run and removed in the console.</summary>
public sealed class SchedulePageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string New = "/schedules/new";

    [Theory]
    [InlineData("en", "No schedules yet", "Make a schedule")]
    [InlineData("zh-CN", "还没有定期计划", "新建计划")]
    public async Task List_BeforeAnyIsMade_SaysTheFirstStep(string language, string title, string act)
    {
        await house.Postgres.ExecuteAsync("delete from recurring_schedule");
        IDocument page = await house.ReadAsync("/schedules", language);

        page.QuerySelector(".nothing-title")!.TextContent.Should().Be(title);
        page.QuerySelector(".page-act a")!.TextContent.Should().Be(act);
    }

    [Fact]
    public async Task Schedule_PreviewedMadeEditedRunPausedAndRemoved()
    {
        Dictionary<string, string> fields = Fields("Report", "0 9 1 * *");
        IDocument preview = await SubmitAsync(New, New, new(fields) { ["act"] = "preview", ["name"] = "" });
        preview.QuerySelectorAll("#next ~ table tbody tr").Should().HaveCount(10);
        preview.QuerySelector("#next ~ table tbody td")!.TextContent.Should().Contain("09:00");
        preview.QuerySelector("input[name=expression]")!.GetAttribute("value").Should().Be("0 9 1 * *", "what was typed stays");
        (await CountAsync()).Should().Be(0, "a preview makes nothing");

        string page = await GoAsync(New, New, fields);
        (await house.ReadAsync(page)).QuerySelectorAll("main table")[0].QuerySelectorAll("tbody tr").Should().HaveCount(10);
        string edit = page + "/edit";
        await GoAsync(edit, edit, new(fields) { ["expression"] = "0 10 1 * *", ["revision"] = "1", ["input"] = """{"month":"March"}""" });
        (await house.Postgres.ScalarAsync<string>("select expression from recurring_schedule")).Should().Be("0 10 1 * *");
        IDocument stale = await SubmitAsync(edit, edit, new(fields) { ["revision"] = "1" });
        stale.QuerySelector(".fault")!.TextContent.Should().Contain("changed meanwhile");

        await ActAsync(page, "run");
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<long>("select count(*) from schedule_firing f join instance i on i.id = f.instance_id"), 1L);
        IDocument ran = await house.ReadAsync(page);
        ran.QuerySelectorAll("a[href^='/instances/']").Should().NotBeEmpty("the firing links to what it started");
        ran.Body!.TextContent.Should().Contain("by Person");
        await ActAsync(page, "pause");
        (await house.ReadAsync(page, "zh-CN")).QuerySelector(".state")!.TextContent.Should().Be("已暂停");
        await ActAsync(page, "resume");
        await ActAsync(page, "remove");
        (await CountAsync()).Should().Be(0);
        await house.ReadAsync(page, expected: HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("en", "expression", "0 0 31 2 *", "It never fires")]
    [InlineData("zh-CN", "expression", "0 0 31 2 *", "永远不会触发")]
    [InlineData("zh-CN", "expression", "61 * * * *", "字段“分”中的“61”无效")]
    [InlineData("en", "zone", "Nowhere/Land", "is not known")]
    [InlineData("en", "startsAt", "9999-12-31T23:00", "from 1970 to 9000")]
    [InlineData("zh-CN", "startsAt", "0001-01-01T00:00", "应为 1970 年至 9000 年")]
    [InlineData("en", "input", "[1]", "not a JSON object")]
    [InlineData("en", "name", "", "1 to 200")]
    public async Task Schedule_ThatCannotBe_SaysWhyInTheReadersLanguageAndKeepsWhatWasTyped(string language, string field, string value, string reason)
    {
        IDocument answer = await SubmitAsync(New, New, new(Fields("Bad", "0 9 1 * *")) { [field] = value }, language);

        answer.QuerySelector(".fault")!.TextContent.Should().Contain(reason);
        (answer.QuerySelector($"[name={field}]")!.GetAttribute("value") ?? answer.QuerySelector($"[name={field}]")!.TextContent).Should().Be(value);
    }

    [Theory]
    [InlineData("en", "provisional")]
    [InlineData("zh-CN", "暂定")]
    public async Task Schedule_InAYearThatIsNotPublished_IsMarkedInTheFormOnItsPageAndInTheList(string language, string mark)
    {
        Dictionary<string, string> fields = new(Fields("Far ahead " + language, "0 9 1 * *")) { ["startsAt"] = "2098-01-01T00:00", ["calendar"] = "CN", ["freeDays"] = "before" };
        IDocument preview = await SubmitAsync(New, New, new(fields) { ["act"] = "preview" }, language);
        string page = await GoAsync(New, New, fields);
        IDocument shown = await house.ReadAsync(page, language);
        IDocument list = await house.ReadAsync("/schedules", language);

        preview.QuerySelectorAll("#next ~ table tbody .state").Select(state => state.TextContent).Should().HaveCount(10).And.OnlyContain(text => text == mark);
        shown.QuerySelectorAll("main table")[0].QuerySelectorAll("tbody .state").Should().HaveCount(10);
        list.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("Far ahead " + language, StringComparison.Ordinal)).TextContent.Should().Contain(mark);
        await ActAsync(page, "remove");
    }

    [Fact]
    public async Task Schedule_ReadByAnAuditor_OffersNoActs()
    {
        string page = await GoAsync(New, New, Fields("Read only", "0 9 1 * *"));
        (HttpClient auditor, _) = await house.SignInAsync("auditor");

        string shown = await auditor.GetStringAsync(page);
        string list = await auditor.GetStringAsync("/schedules");
        using HttpResponseMessage edit = await auditor.GetAsync(page + "/edit");

        shown.Should().Contain("Read only").And.NotContain("value=\"run\"").And.NotContain("/edit");
        list.Should().Contain("Read only").And.NotContain(New);
        edit.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        await ActAsync(page, "remove");
    }

    private static Dictionary<string, string> Fields(string name, string cron) => new()
    {
        ["name"] = name,
        ["definitionId"] = "client-intake",
        ["kind"] = "cron",
        ["expression"] = cron,
        ["zone"] = "Europe/Berlin",
        ["freeDays"] = "keep",
        ["misfire"] = "run_once",
        ["overlap"] = "start",
        ["act"] = "save",
        ["_handler"] = "schedule",
    };

    private Task<long> CountAsync() => house.Postgres.ScalarAsync<long>("select count(*) from recurring_schedule");

    private async Task ActAsync(string page, string act)
    {
        string revision = (await house.ReadAsync(page)).QuerySelector("input[name=revision]")!.GetAttribute("value")!;
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, page + "/act", new() { ["act"] = act, ["revision"] = revision });
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    private async Task<string> GoAsync(string page, string action, Dictionary<string, string> fields)
    {
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, action, fields);
        answer.StatusCode.Should().Be(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return new Uri(house.Address, answer.Headers.Location!).AbsolutePath;
    }

    private async Task<IDocument> SubmitAsync(string page, string action, Dictionary<string, string> fields, string language = "en")
    {
        using HttpRequestMessage get = new(HttpMethod.Get, page);
        IDocument form = await HouseFixture.ParseAsync(await (await house.Staff.SendAsync(get)).Content.ReadAsStringAsync());
        fields["__RequestVerificationToken"] = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using HttpRequestMessage post = new(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        post.Headers.Add("Cookie", $"ef-language={language}");
        using HttpResponseMessage answer = await house.Staff.SendAsync(post);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
    }
}
