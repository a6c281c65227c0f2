using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Flows that people start for one engagement.</summary>
public sealed class StartFlowTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private static int _next;

    [Theory]
    [InlineData("en", "Start a flow", "Change request")]
    [InlineData("zh-CN", "启动流程", "变更申请")]
    public async Task Choice_InALanguage_OffersWhatIsAboutEngagements(string language, string title, string flow)
    {
        (Guid engagement, Guid client) = await NextAsync();

        IDocument card = await house.ReadAsync($"/clients/{client}", language);
        IDocument page = await house.ReadAsync($"/engagements/{engagement}/flows", language);

        card.QuerySelector($"a[href='/engagements/{engagement}/flows']")!.TextContent.Should().Be(title);
        page.QuerySelector("h1")!.TextContent.Should().Be(title);
        page.QuerySelectorAll("label").Select(label => label.TextContent.Trim()).Should().Contain(label => label.StartsWith(flow, StringComparison.Ordinal));
        page.QuerySelectorAll("input[name=flow]").Select(choice => choice.GetAttribute("value"))
            .Should().Contain(["change-request", "meeting-cycle"])
            .And.NotContain("complaint-escalation", "complaints have a page of their own").And.NotContain("plan-approval", "it begins by itself");
    }

    [Fact]
    public async Task Choice_ForAClient_LeavesOutWhatIsForPersonnelFiles()
    {
        (Guid engagement, _) = await NextAsync();

        IDocument page = await house.ReadAsync($"/engagements/{engagement}/flows");

        page.QuerySelectorAll("input[name=flow]").Select(choice => choice.GetAttribute("value")).Should().NotContain("performance-review", "it gives a task to the third reader of a personnel file");
    }

    [Theory]
    [InlineData("en", "Rhythm", "weekly, monthly", "the meeting before", "As JSON, such as { \"a\": 1 }.")]
    [InlineData("zh-CN", "周期", "weekly（每周）", "接在哪次会议之后", "请用 JSON 填写，例如 { \"a\": 1 }。")]
    public async Task Inputs_InALanguage_AreNamedAndExplainedInIt(string language, string label, string hint, string after, string asJson)
    {
        (Guid engagement, _) = await NextAsync();

        IDocument page = await house.ReadAsync($"/engagements/{engagement}/flows?flow=meeting-cycle", language);

        page.QuerySelector("label[for='in.Rule']")!.TextContent.Should().Be(label);
        page.GetElementById("in.Rule-hint")!.TextContent.Trim().Should().StartWith(hint);
        page.GetElementById("in.After-hint")!.Children.Select(line => line.TextContent).Should().Equal(after, asJson);
    }

    [Fact]
    public async Task Start_ByTheFormSentTwice_StartsOneWithItsInputs()
    {
        (Guid engagement, _) = await NextAsync();
        string page = $"/engagements/{engagement}/flows?flow=change-request";
        Dictionary<string, string> fields = Fields();
        fields["in.Title"] = "A wider door";

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ServerFixture.PostFormAsync(house.Staff, page, page, fields)));
        string instance = answers.Select(answer => answer.Headers.Location?.OriginalString).Distinct().Should().ContainSingle().Which!;

        instance.Should().StartWith("/instances/");
        (await CountAsync(engagement)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'InstanceStarted' and chain = $1", $"engagement/{engagement:D}")).Should().Be(1);
        (await house.ReadAsync(instance)).QuerySelector("main")!.TextContent.Should().Contain("A wider door");
        (await house.ReadAsync(page)).QuerySelector("[role=status] a")!.GetAttribute("href").Should().Be(instance, "who starts another should know of this one");
    }

    [Fact]
    public async Task Start_WithAFault_KeepsWhatWasTypedAndStartsNothing()
    {
        (Guid engagement, _) = await NextAsync();
        string page = $"/engagements/{engagement}/flows?flow=meeting-cycle";
        Dictionary<string, string> fields = Fields();
        fields["in.Rule"] = "monthly";
        fields["in.After"] = "{ not JSON";
        fields["in.Length"] = "an hour";

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, page, fields);
        IDocument shown = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        shown.QuerySelector("[role=alert]")!.TextContent.Should().Contain("“After” is no JSON").And.Contain("must be a number");
        shown.QuerySelector("input[name='in.Rule']")!.GetAttribute("value").Should().Be("monthly");
        shown.QuerySelector("textarea[name='in.After']")!.TextContent.Trim().Should().Be("{ not JSON");
        (await CountAsync(engagement)).Should().Be(0);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("complaint-escalation")]
    public async Task Start_OfWhatIsNotOffered_StartsNothing(string flow)
    {
        (Guid engagement, _) = await NextAsync();
        string page = $"/engagements/{engagement}/flows?flow={flow}";

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, page, page, Fields());

        answer.Headers.Location.Should().BeNull();
        (await CountAsync(engagement)).Should().Be(0);
    }

    [Theory]
    [InlineData(StaffRoles.Auditor, false)]
    [InlineData(StaffRoles.Architect, true)]
    [InlineData(StaffRoles.AccountManager, true)]
    [InlineData(StaffRoles.Operator, true)]
    public async Task Start_IsOfferedToThoseWhoMay(string role, bool may)
    {
        (Guid engagement, Guid client) = await NextAsync();
        (HttpClient person, _) = await house.SignInAsync(role);

        IDocument card = await HouseFixture.ParseAsync(await person.GetStringAsync($"/clients/{client}"));
        using HttpResponseMessage page = await person.GetAsync($"/engagements/{engagement}/flows");

        card.QuerySelectorAll($"a[href='/engagements/{engagement}/flows']").Length.Should().Be(may ? 1 : 0);
        page.StatusCode.Should().Be(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Engagement_ThatIsNotThere_IsNotFound() =>
        (await house.ReadAsync($"/engagements/{NewId():D}/flows", expected: HttpStatusCode.NotFound)).QuerySelector("form[method=post][action*='/flows']").Should().BeNull();

    private static Guid NewId() => TimeOrderedId.Create(TimeProvider.System.GetUtcNow());

    private static Dictionary<string, string> Fields() => new() { ["_handler"] = "start", ["sheet"] = NewId().ToString("D") };

    private Task<long> CountAsync(Guid engagement) =>
        house.Postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = $1 and definition_id <> 'client-intake'", engagement.ToString("D"));

    private async Task<(Guid Engagement, Guid Client)> NextAsync()
    {
        int place = Interlocked.Increment(ref _next) - 1;
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select e.id from engagement e join client c on c.id = e.client_id order by c.external_id offset $1 limit 1", place);
        return (engagement, await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement));
    }
}
