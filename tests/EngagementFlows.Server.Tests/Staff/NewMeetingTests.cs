using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Meetings that staff arrange without a flow, and teams whose meetings are no client's.</summary>
public sealed class NewMeetingTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Theory]
    [InlineData("en", "New meeting", "Colleagues besides")]
    [InlineData("zh-CN", "安排会议", "另邀同事")]
    public async Task Page_IsFoundFromTheClient_InBothLanguages(string language, string title, string colleagues)
    {
        Guid engagement = await EngagementAsync("C-1002");
        Guid client = await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement);

        IDocument card = await house.ReadAsync($"/clients/{client}", language);
        IDocument page = await house.ReadAsync($"/engagements/{engagement}/meetings/new", language);

        card.QuerySelector($"a[href='/engagements/{engagement}/meetings/new']")!.TextContent.Should().Be(title);
        page.QuerySelector("h1")!.TextContent.Should().Be(title);
        page.QuerySelectorAll("legend").Select(legend => legend.TextContent).Should().Contain(colleagues);
    }

    [Fact]
    public async Task Sent_InvitesEverybodyOnce_AndTheMeetingStandsWithItsReminders()
    {
        Guid engagement = await EngagementAsync("C-1002");
        (_, Guid colleague) = await house.SignInAsync(StaffRoles.Architect);
        Dictionary<string, string> fields = Fields(await house.ReadAsync(New(engagement)));
        fields["colleague"] = colleague.ToString();

        using HttpResponseMessage first = await ServerFixture.PostFormAsync(house.Staff, New(engagement), New(engagement), fields);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, New(engagement), New(engagement), fields);

        Guid meeting = Guid.Parse(fields["sheet"]);
        first.Headers.Location!.OriginalString.Should().Be($"/meetings/{meeting}");
        again.Headers.Location!.OriginalString.Should().Be($"/meetings/{meeting}", "the same page is the same meeting");
        IDocument page = await house.ReadAsync($"/meetings/{meeting}");
        page.QuerySelector("h1")!.TextContent.Should().Be("Walk <b>through</b> the building");
        page.QuerySelectorAll("a[href^='/instances/']").Should().BeEmpty("no flow arranged it");
        (await house.Postgres.ScalarAsync<long>("select count(*) from meeting_invitee where meeting_id = $1", meeting)).Should().Be(4, "owner, architect, colleague and contact");
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where template = 'meeting-invited' and calendar like '%' || $1 || '%' and instance_id is null", meeting.ToString())).Should().Be(4);
        (await house.Postgres.ScalarAsync<long>("select count(*) from meeting_reminder where meeting_id = $1", meeting)).Should().Be(4);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'MeetingArranged' and subject = $1", $"meeting/{meeting}")).Should().Be(1);

        using HttpResponseMessage cancelled = await ServerFixture.PostFormAsync(house.Staff, $"/meetings/{meeting}", $"/meetings/{meeting}/cancel", new() { ["reason"] = "Rain.", ["revision"] = "1" });
        (await house.Postgres.ScalarAsync<string>("select state from meeting where id = $1", meeting)).Should().Be("cancelled", "it is changed like any other");
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where template = 'meeting-cancelled' and engagement_id = $1", engagement)).Should().Be(4);
    }

    [Theory]
    [InlineData("title", "", "Say in a line")]
    [InlineData("startsAt", "2020-01-01T10:00", "ahead")]
    [InlineData("startsAt", "tomorrow", "ahead")]
    [InlineData("minutes", "3", "ahead")]
    [InlineData("colleague", "0197a000-0000-7000-8000-0000000000aa", "cannot be invited")]
    public async Task Sent_WithAFault_SaysItAndKeepsWhatWasTyped(string field, string value, string words)
    {
        Guid engagement = await EngagementAsync("C-1003");
        Dictionary<string, string> fields = Fields(await house.ReadAsync(New(engagement)));
        fields[field] = value;

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, New(engagement), New(engagement), fields);
        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.QuerySelector(".fault")!.TextContent.Should().Contain(words);
        page.QuerySelector("#place")!.GetAttribute("value").Should().Be("At the site");
        (await house.Postgres.ScalarAsync<long>("select count(*) from meeting where engagement_id = $1", engagement)).Should().Be(0);
    }

    [Fact]
    public async Task List_OfOneColleague_HoldsOnlyWhatHeIsInvitedTo()
    {
        Guid engagement = await EngagementAsync("C-1004");
        (_, Guid colleague) = await house.SignInAsync(StaffRoles.Architect);
        Dictionary<string, string> with = Fields(await house.ReadAsync(New(engagement)));
        with["colleague"] = colleague.ToString();
        Dictionary<string, string> without = Fields(await house.ReadAsync(New(engagement)));
        (await ServerFixture.PostFormAsync(house.Staff, New(engagement), New(engagement), with)).Dispose();
        (await ServerFixture.PostFormAsync(house.Staff, New(engagement), New(engagement), without)).Dispose();

        IDocument list = await house.ReadAsync($"/meetings?of={colleague}");

        list.QuerySelectorAll("table.list a[href^='/meetings/']").Select(link => link.GetAttribute("href")).Should().Equal($"/meetings/{with["sheet"]}");
        list.QuerySelector("select[name=of] option[selected]")!.GetAttribute("value").Should().Be(colleague.ToString());
    }

    [Fact]
    public async Task Api_ArrangesOncePerKey_AndRefusesWhatCannotBe()
    {
        Guid engagement = await EngagementAsync("C-1005");
        string address = $"api/engagements/{engagement}/meetings";
        object right = new { title = "Walk through", startsAt = TimeProvider.System.GetUtcNow().AddDays(9), minutes = 30, audience = "internal" };

        JsonElement[] made = [await PostAsync(address, right, "k1", HttpStatusCode.Created), await PostAsync(address, right, "k1", HttpStatusCode.Created)];

        made[0].GetProperty("meeting").GetProperty("id").GetGuid().Should().Be(made[1].GetProperty("meeting").GetProperty("id").GetGuid());
        made[0].GetProperty("meeting").GetProperty("instanceId").ValueKind.Should().Be(JsonValueKind.Null);
        await PostAsync(address, new { title = "x", startsAt = TimeProvider.System.GetUtcNow().AddDays(-1) }, "k2", HttpStatusCode.UnprocessableEntity);
        await PostAsync(address, new { title = "x", startsAt = TimeProvider.System.GetUtcNow().AddDays(1), colleagues = new[] { engagement } }, "k3", HttpStatusCode.UnprocessableEntity);
        await PostAsync(address, new { startsAt = TimeProvider.System.GetUtcNow().AddDays(1) }, "k4", HttpStatusCode.BadRequest);
        await PostAsync(address, new { title = "x", startsAt = TimeProvider.System.GetUtcNow().AddDays(1), audience = "everybody" }, "k5", HttpStatusCode.BadRequest);
        await PostAsync(address, new { title = "x", startsAt = "9999-12-31T23:59:59Z" }, "k7", HttpStatusCode.UnprocessableEntity);
        await PostAsync(address, new { title = "x", startsAt = "2030-12-01" }, "k8", HttpStatusCode.BadRequest);
        await PostAsync($"api/engagements/{TimeOrderedIdOfNobody}/meetings", right, "k6", HttpStatusCode.NotFound);
        using HttpResponseMessage auditor = await house.Program(StaffRoles.Auditor).PostAsJsonAsync(address, right);
        auditor.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await house.Postgres.ScalarAsync<long>("select count(*) from meeting where engagement_id = $1", engagement)).Should().Be(1);
    }

    [Fact]
    public async Task Team_IsOpenedByPageAndApi_AndItsMeetingsAreOfStaffAlone()
    {
        Guid owner = await house.Postgres.ScalarAsync<Guid>("select id from person where is_active order by email limit 1");

        using HttpResponseMessage opened = await ServerFixture.PostFormAsync(house.Staff, "/people", "/people/teams", new() { ["title"] = "Drawing office", ["owner"] = owner.ToString() });
        using HttpResponseMessage nameless = await ServerFixture.PostFormAsync(house.Staff, "/people", "/people/teams", new() { ["title"] = " ", ["owner"] = owner.ToString() });
        JsonElement program = await PostAsync("api/teams", new { title = "Model shop", owner }, "t1", HttpStatusCode.Created);
        await PostAsync("api/teams", new { title = "Model shop", owner = TimeOrderedIdOfNobody }, "t2", HttpStatusCode.UnprocessableEntity);
        Guid team = program.GetProperty("engagementId").GetGuid();
        IDocument page = await house.ReadAsync(New(team));
        Dictionary<string, string> fields = Fields(page);
        using HttpResponseMessage arranged = await ServerFixture.PostFormAsync(house.Staff, New(team), New(team), fields);

        opened.Headers.Location!.OriginalString.Should().StartWith("/clients/");
        nameless.Headers.Location!.OriginalString.Should().Be("/people");
        (await house.Postgres.ScalarAsync<long>("select count(*) from internal_engagement where kind = 'team' and readers is null")).Should().Be(2);
        page.QuerySelectorAll("input[name=audience]").Should().BeEmpty("the firm is no client of itself");
        (await house.Postgres.ScalarAsync<string>("select audience from meeting where id = $1", Guid.Parse(fields["sheet"]))).Should().Be("internal");
        await PostAsync($"api/engagements/{team}/meetings", new { title = "x", startsAt = TimeProvider.System.GetUtcNow().AddDays(1) }, "t3", HttpStatusCode.UnprocessableEntity);
    }

    private static Guid TimeOrderedIdOfNobody { get; } = new("0197a000-0000-7000-8000-0000000000aa");

    private static string New(Guid engagement) => $"/engagements/{engagement}/meetings/new";

    // Far enough ahead for a reminder.
    private static Dictionary<string, string> Fields(IDocument page) => new()
    {
        ["_handler"] = "meeting",
        ["sheet"] = page.QuerySelector("input[name=sheet]")!.GetAttribute("value")!,
        ["title"] = "Walk <b>through</b> the building",
        ["audience"] = "client",
        ["startsAt"] = TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd'T'10:00", System.Globalization.CultureInfo.InvariantCulture),
        ["minutes"] = "45",
        ["place"] = "At the site",
        ["agenda"] = "The stairs, then the roof.",
    };

    private Task<Guid> EngagementAsync(string client) =>
        house.Postgres.ScalarAsync<Guid>("select e.id from engagement e join client c on c.id = e.client_id where c.external_id = $1", client);

    private async Task<JsonElement> PostAsync(string address, object body, string key, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", $"new-meeting-{key}");
        using HttpResponseMessage answer = await house.Program(StaffRoles.Administrator).SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
