using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Studio;

/// <summary>A draft is rehearsed step by step beside the editor: in memory, with a clock of its own.</summary>
public sealed class RehearsalPageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Intake = "/designer/rehearsals/client-intake";

    [Fact]
    public async Task Intake_PlayedToItsEnd_ShowsWayTasksMailsAndStoresNothing()
    {
        long instances = await CountAsync("instance");
        long mails = await CountAsync("mail");

        IDocument asked = await BeginAsync(house.Staff);
        IDocument checking = await PressAsync(house.Staff, asked, "form:has(button[value=answered])", ("outcome", "answered"));
        IDocument approving = await PressAsync(house.Staff, checking, "form:has(button[value=Complete])", ("outcome", "Complete"));
        IDocument ended = await PressAsync(house.Staff, approving, "form:has(button[value=Approved])", ("outcome", "Approved"));

        asked.QuerySelectorAll("button[value=answered]").Should().ContainSingle("the client is asked for the brief");
        asked.QuerySelectorAll("iframe.mail-frame").Select(frame => frame.GetAttribute("srcdoc")).Should().NotBeEmpty().And.OnlyContain(html => html!.Contains("Clara Client") && !html.Contains("{{"));
        approving.QuerySelector("h3")!.TextContent.Should().NotBeEmpty();
        ended.QuerySelector(".state")!.TextContent.Should().Be("Finished");
        ended.QuerySelectorAll(".story li").Length.Should().BeGreaterThan(asked.QuerySelectorAll(".story li").Length + 3);
        ended.Body!.TextContent.Should().Contain("Nobody is asked anything");
        (await CountAsync("instance")).Should().Be(instances);
        (await CountAsync("mail")).Should().Be(mails);
    }

    [Fact]
    public async Task LettingTimePass_BringsTheReminder_AndTakingItBackTakesItAway()
    {
        IDocument asked = await BeginAsync(house.Staff, "zh-CN");
        IDocument later = await PressAsync(house.Staff, asked, "form:has(input[name=by][value='7.00:00:00'])");
        IDocument back = await PressAsync(house.Staff, later, "form:has(input[name=act][value=undo])");

        int first = asked.QuerySelectorAll("iframe.mail-frame").Length;
        asked.QuerySelectorAll("iframe.mail-frame").Should().OnlyContain(frame => frame.GetAttribute("srcdoc")!.Contains("王芳"));
        later.QuerySelectorAll("iframe.mail-frame").Length.Should().BeGreaterThan(first, "a client who is silent is reminded");
        back.QuerySelectorAll("iframe.mail-frame").Length.Should().Be(first);
        back.QuerySelector(".page-clock, .panel p")!.TextContent.Should().Be(asked.QuerySelector(".page-clock, .panel p")!.TextContent);
    }

    [Fact]
    public async Task LettingTimePass_ByAnAge_IsToldAndIsNoStep()
    {
        IDocument asked = await BeginAsync(house.Staff);

        IDocument refused = await PressAsync(house.Staff, asked, "form:has(input[name=by][value='7.00:00:00'])", ("by", "3000000.00:00:00"));

        refused.QuerySelector("[role=alert]")!.TextContent.Should().Contain("3660 days");
        refused.QuerySelectorAll("button[value=answered]").Should().ContainSingle("no time has passed");
    }

    [Fact]
    public async Task Answer_ThatTheFormDoesNotTake_IsToldAndIsNoStep()
    {
        IDocument asked = await BeginAsync(house.Staff);

        IDocument refused = await PressAsync(house.Staff, asked, "form:has(button[value=answered])", ("outcome", "answered"), ("q.goals", ""));

        refused.QuerySelector("[role=alert]")!.TextContent.Should().Contain("does not take these answers");
        refused.QuerySelectorAll("button[value=answered]").Should().ContainSingle("the client is still asked");
        refused.QuerySelector("input[name=script]")!.GetAttribute("value").Should().Be(asked.QuerySelector("input[name=script]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Keep_MakesACaseThatPlaysAgain_AndIsNoPartOfTheContent()
    {
        string hash = (await house.Postgres.ScalarAsync<string>("select content_hash from definition where id = 'client-intake-v1'"))!;
        IDocument asked = await BeginAsync(house.Staff);
        IDocument declined = await PressAsync(house.Staff, asked, "form:has(button[value=declined])", ("outcome", "declined"));

        IDocument kept = await PressAsync(house.Staff, declined, "form:has(#case-name)", ("name", "The client declines"));
        byte[] file = (await house.Postgres.ScalarAsync<byte[]>("select content from definition_asset where definition_version_id = 'client-intake-v1' and path = 'cases/the-client-declines.json'"))!;
        string folder = Directory.CreateTempSubdirectory("engagementflows-case-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "cases"));
        await File.WriteAllTextAsync(Path.Combine(folder, "client-intake.json"), await house.Postgres.ScalarAsync<string>("select json from definition where id = 'client-intake-v1'"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "cases", "kept.json"), file);
        RehearsalCase played = RehearsalCase.Load(Path.Combine(folder, "cases", "kept.json"));

        kept.QuerySelector("[role=status]")!.TextContent.Should().Contain("cases/the-client-declines.json");
        CaseComparison.Differences(played, played.Expected!, new CasePlayer(house.Services.GetRequiredService<ActivityCatalog>(), TimeZoneInfo.Utc).Play(played)).Should().BeEmpty();
        (await house.Postgres.ScalarAsync<string>("select content_hash from definition where id = 'client-intake-v1'")).Should().Be(hash);
        (await house.ReadAsync("/definitions")).QuerySelectorAll("tbody tr").Single(row => row.QuerySelector(".sub")?.TextContent == "client-intake").TextContent.Should().Contain("as published");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Auditor_RehearsesButKeepsNothing_AndOthersSeeNoDesigner()
    {
        (HttpClient auditor, _) = await house.SignInAsync(StaffRoles.Auditor);
        (HttpClient manager, _) = await house.SignInAsync(StaffRoles.AccountManager);

        IDocument asked = await BeginAsync(auditor);
        using HttpResponseMessage refused = await manager.GetAsync(Intake);

        asked.QuerySelectorAll("button[value=answered]").Should().ContainSingle();
        asked.QuerySelector("#case-name").Should().BeNull();
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_MayStandInAFrameOfTheConsoleOnly()
    {
        using HttpResponseMessage answer = await house.Staff.GetAsync(Intake);
        using HttpResponseMessage unknown = await house.Staff.GetAsync("/designer/rehearsals/no-such-flow");

        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'self'").And.Contain("script-src 'self';");
        answer.Headers.GetValues("X-Frame-Options").Single().Should().Be("SAMEORIGIN");
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"stimuli":[{"type":"explode"}]}""")]
    [InlineData("""{"stimuli":["x"],"now":"never"}""")]
    public async Task Script_ThatIsNone_IsToldAndNothingBreaks(string script)
    {
        IDocument page = await HouseFixture.ParseAsync(await house.Staff.GetStringAsync(Intake));
        Dictionary<string, string> fields = FieldsOf(page.QuerySelectorAll("form").First(form => form.QuerySelector("button[value=start]") is not null));
        fields["act"] = "advance";
        fields["by"] = "01:00:00";
        fields["script"] = script;

        using HttpResponseMessage answer = await PostAsync(house.Staff, fields);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("[role=alert]").Should().NotBeNull();
    }

    private static async Task<IDocument> BeginAsync(HttpClient client, string language = "en")
    {
        IDocument page = await HouseFixture.ParseAsync(await client.GetStringAsync(Intake));
        return await PressAsync(client, page, "form:has(button[value=start])", ("act", "start"), ("language", language), ("zone", "Europe/Berlin"), ("day", "2026-03-02"));
    }

    private static async Task<IDocument> PressAsync(HttpClient client, IDocument page, string form, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> posted = FieldsOf(page.QuerySelector(form) ?? throw new InvalidOperationException($"The page has no '{form}': {page.Body!.TextContent}"));
        foreach ((string name, string value) in fields)
            posted[name] = value;
        using HttpResponseMessage answer = await PostAsync(client, posted);
        string html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, html);
        return await HouseFixture.ParseAsync(html);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Dictionary<string, string> fields)
    {
        using FormUrlEncodedContent content = new(fields);
        return await client.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, Intake) { Content = content }, client));
    }

    // As a browser sends them: what is typed, picked and ticked.
    private static Dictionary<string, string> FieldsOf(IElement form)
    {
        Dictionary<string, string> fields = [];
        foreach (IElement field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            if (field.GetAttribute("type") is "radio" or "checkbox" && !field.HasAttribute("checked"))
                continue;
            fields[field.GetAttribute("name")!] = field.LocalName switch
            {
                "textarea" => field.TextContent,
                "select" => (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "",
                _ => field.GetAttribute("value") ?? "",
            };
        }

        return fields;
    }

    private Task<long> CountAsync(string table) => house.Postgres.ScalarAsync<long>($"select count(*) from {table}");
}
