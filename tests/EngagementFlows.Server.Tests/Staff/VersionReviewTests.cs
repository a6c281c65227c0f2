using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>A version asks for consent, is looked at in the flow's own terms, and is published or returned by somebody else.</summary>
public sealed class VersionReviewTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private HttpClient Program => house.Program(StaffRoles.Operator);

    [Fact]
    public async Task Review_OfASubmittedVersion_TellsWhatChangesInBothLanguages()
    {
        string version = await SubmittedAsync("needs-analysis", json => json.Replace("10 working days", "8 working days", StringComparison.Ordinal));
        (HttpClient architect, _) = await house.SignInAsync(StaffRoles.Architect);

        IDocument page = await HouseFixture.ParseAsync(await architect.GetStringAsync($"/definitions/{version}/review"));
        IDocument chinese = await house.ReadAsync($"/definitions/{version}/review", "zh-CN");

        IElement values = page.QuerySelectorAll("table.changes tr").Single(row => row.QuerySelector(".was") is { } was && was.TextContent.Trim() == "10 working days");
        values.QuerySelector(".is")!.TextContent.Trim().Should().Be("8 working days");
        page.QuerySelectorAll(".flow-picture svg").Should().HaveCount(2, "before and after");
        page.QuerySelectorAll(".flow-box.is-changed").Should().HaveCountGreaterThanOrEqualTo(2, "both pictures mark it");
        chinese.Body!.TextContent.Should().ContainAll("变更内容", "活动", "修改", "变更前", "变更后", "流程图");
    }

    [Fact]
    public async Task Return_GivesTheCommentToTheAuthor_AndSubmittingAgainTakesItAway()
    {
        string version = await SubmittedAsync("plan-approval", json => json.Replace("\"version\": 1,", "\"version\": 1, \"returnedOnce\": true,", StringComparison.Ordinal));
        (HttpClient architect, Guid person) = await house.SignInAsync(StaffRoles.Architect);
        string page = $"/definitions/{version}";

        using HttpResponseMessage silent = await ServerFixture.PostFormAsync(architect, page, page + "/return", new() { ["comment"] = "  " });
        string state = await StateAsync(version);
        using HttpResponseMessage returned = await ServerFixture.PostFormAsync(architect, page, page + "/return", new() { ["comment"] = "Ask for the budget first." });
        IDocument draft = await house.ReadAsync(page);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, page, page + "/submit", []);

        state.Should().Be("submitted", "a return without a word helps nobody");
        returned.Headers.Location!.OriginalString.Should().Be(page);
        draft.QuerySelector("[role=note]")!.TextContent.Should().Contain("Ask for the budget first.").And.Contain($"Person {person:N}");
        (await StateAsync(version)).Should().Be("submitted");
        (await house.Postgres.ScalarAsync<bool>("select return_comment is null from definition where id = $1", version)).Should().BeTrue();
        (await house.Postgres.ScalarAsync<string>("select detail->>'comment' from audit where act = 'DefinitionReturned' and subject = $1", $"version/{version}")).Should().Be("Ask for the budget first.");
    }

    [Fact]
    public async Task Approve_BySomebodyElse_PublishesOnce()
    {
        string version = await SubmittedAsync("change-request", json => json.Replace("\"version\": 1,", "\"version\": 1, \"approvedOnce\": true,", StringComparison.Ordinal));
        (HttpClient architect, Guid person) = await house.SignInAsync(StaffRoles.Architect);
        string page = $"/definitions/{version}";
        IDocument asked = await house.ReadAsync(page, "zh-CN");

        using HttpResponseMessage approved = await ServerFixture.PostFormAsync(architect, page, page + "/approve", []);
        using HttpResponseMessage twice = await ServerFixture.PostFormAsync(architect, "/inbox", page + "/approve", []);

        (await StateAsync(version)).Should().Be("published");
        MakerOf(asked).Should().Be("程序：operator", "a program brought it in");
        MakerOf(await house.ReadAsync(page)).Should().Be($"Person {person:N}");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'DefinitionPublished' and subject = $1", $"version/{version}")).Should().Be(1);
    }

    [Fact]
    public async Task Approve_BySomebodyWhoDrewOnIt_IsRefusedAndNotOffered()
    {
        string version = await SubmittedAsync("meeting-cycle", json => json.Replace("\"version\": 1,", "\"version\": 1, \"drawnByTwo\": true,", StringComparison.Ordinal));
        (HttpClient architect, Guid person) = await house.SignInAsync(StaffRoles.Architect);
        string page = $"/definitions/{version}";
        IDocument before = await HouseFixture.ParseAsync(await architect.GetStringAsync(page));
        await house.Postgres.ExecuteAsync("update definition set authors = array[$1] where id = $2", $"person:{person:D}", version);

        IDocument after = await HouseFixture.ParseAsync(await architect.GetStringAsync(page));
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(architect, "/inbox", page + "/approve", []);

        before.QuerySelectorAll("form[action$='/approve'], form[action$='/return']").Should().HaveCount(2);
        after.QuerySelectorAll("form[action$='/approve'], form[action$='/return']").Should().BeEmpty();
        after.Body!.TextContent.Should().Contain("somebody else decides");
        (await StateAsync(version)).Should().Be("submitted");
    }

    [Theory]
    [InlineData("en", "Greet", "Activity 'Greet', field 'text'")]
    [InlineData("zh-CN", "问候", "活动“问候”，字段“text”")]
    public async Task Faults_CallActivitiesAsTheReaderKnowsThem(string language, string name, string said)
    {
        string flow = $"faulty-{language}".ToLowerInvariant();
        using HttpResponseMessage imported = await Program.PostAsync("api/definitions/import", ApiFixture.Json($$"""
            { "definitionId": "{{flow}}", "id": "{{flow}}-v1", "name": "Faulty", "version": 1, "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [
                { "id": "e30b469a", "type": "Elsa.WriteLine", "version": 1, "customProperties": { "displayName": { "en": "Greet", "zh-CN": "问候" } },
                  "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "1 +" } } } ] } }
            """));
        imported.StatusCode.Should().Be(HttpStatusCode.Created, await imported.Content.ReadAsStringAsync());
        (HttpClient person, _) = await house.SignInAsync(StaffRoles.Operator);
        person.DefaultRequestHeaders.Add("Cookie", $"ef-language={language}");
        string path = $"/definitions/{flow}-v1";

        (await ServerFixture.PostFormAsync(person, path, path + "/submit", [])).Dispose();
        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync(path));

        page.QuerySelectorAll("td").Should().Contain(cell => cell.TextContent.Contains(said, StringComparison.Ordinal));
        page.Body!.TextContent.Split(said).Should().HaveCount(3, "the table and the notice say it");
        page.QuerySelector("table.list td")!.TextContent.Should().StartWith(name);
        page.QuerySelectorAll("table.list, .notices, [role=alert]").Should().NotContain(part => part.TextContent.Contains("e30b469a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StaffRoles.Operator)]
    [InlineData(StaffRoles.AccountManager)]
    [InlineData(StaffRoles.Auditor)]
    public async Task Approve_ByARoleThatMayNot_IsForbiddenAndNotOffered(string role)
    {
        string version = await SubmittedAsync("periodic-review", json => json.Replace("\"version\": 1,", $"\"version\": 1, \"for\": \"{role}\",", StringComparison.Ordinal));
        (HttpClient person, _) = await house.SignInAsync(role);

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, "/inbox", $"/definitions/{version}/approve", []);
        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync($"/definitions/{version}"));

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        page.QuerySelectorAll("form[action$='/approve'], form[action$='/return']").Should().BeEmpty();
        (await StateAsync(version)).Should().Be("submitted");
    }

    [Fact]
    public async Task Mail_OfAVersion_IsShownWithSampleValuesInAFrameThatCanDoNothing()
    {
        using HttpResponseMessage answer = await house.Staff.GetAsync("/definitions/client-intake-v1/mails/welcome/zh-CN");
        using HttpResponseMessage none = await house.Staff.GetAsync("/definitions/client-intake-v1/mails/nothing/en");

        (await answer.Content.ReadAsStringAsync()).Should().Contain("<html").And.NotContain("{{");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("sandbox").And.Contain("frame-ancestors 'self'");
        (await none.Content.ReadAsStringAsync()).Should().ContainAny("no such mail", "没有该邮件");
    }

    [Fact]
    public async Task Page_OfEachFlow_DrawsAllActivitiesOfItsRoot()
    {
        foreach (string flow in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "workflows")).Select(Path.GetFileName).OfType<string>().Where(name => name != "samples"))
        {
            IDocument page = await house.ReadAsync($"/definitions/{flow}-v1");

            int activities = await house.Postgres.ScalarAsync<int>("select json_array_length(json::json #> '{root,activities}') from definition where id = $1", $"{flow}-v1");
            page.QuerySelectorAll(".flow-box").Should().HaveCount(activities, "the picture of {0} shows them all", flow);
        }
    }

    [Fact]
    public async Task Moves_AreToldByTheClientsName()
    {
        string version = await SubmittedAsync("client-intake", json => json.Replace("\"version\": 1,", "\"version\": 1, \"toBeMovedTo\": true,", StringComparison.Ordinal));

        IDocument page = await house.ReadAsync($"/definitions/{version}/migration");

        page.QuerySelectorAll("td.main-cell a[href^='/instances/']").Select(link => link.TextContent).Should().Contain("Nordhafen Logistik GmbH");
        page.QuerySelectorAll("tbody td:not(.main-cell):not([data-label])").Where(cell => cell.QuerySelector("input") is null).Should().BeEmpty("on a phone a value stands alone");
    }

    // Who stands in the newest line of the table of versions.
    private static string MakerOf(IDocument page) => page.QuerySelector("table.list tbody tr td:last-child")!.TextContent.Trim();

    // Imports a changed edition of a flow's file and asks for its publication; returns the version's id.
    private async Task<string> SubmittedAsync(string flow, Func<string, string> change)
    {
        string json = change(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "workflows", flow, $"{flow}.json")));
        using HttpResponseMessage imported = await Program.PostAsync("api/definitions/import", ApiFixture.Json(json));
        imported.StatusCode.Should().Be(HttpStatusCode.Created, "the change makes another content");
        string version = (await ApiFixture.ReadAsync(imported)).GetProperty("versionId").GetString()!;
        using HttpResponseMessage submitted = await Program.PostAsync($"api/definitions/versions/{version}/submit", null);
        submitted.StatusCode.Should().Be(HttpStatusCode.NoContent, await submitted.Content.ReadAsStringAsync());
        return version;
    }

    private Task<string> StateAsync(string version) => house.Postgres.ScalarAsync<string>("select state from definition where id = $1", version)!;
}
