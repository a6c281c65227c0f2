using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Complaints as staff and programs raise and read them.</summary>
public sealed class CasePageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private static int _next;

    [Fact]
    public async Task Raise_ByTheFormSentTwice_RecordsOneAndShowsIt()
    {
        (Guid engagement, _) = await NextAsync();
        string page = $"/engagements/{engagement}/complaint";
        Dictionary<string, string> fields = new() { ["_handler"] = "complaint", ["sheet"] = TimeOrderedId.Create(TimeProvider.System.GetUtcNow()).ToString("D"), ["subject"] = "Loud since Monday", ["class"] = "urgent", ["description"] = "Every night.", ["raisedBy"] = "The night porter" };

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ServerFixture.PostFormAsync(house.Staff, page, page, fields)));
        IDocument shown = await house.ReadAsync(new Uri(house.Address, answers[0].Headers.Location!).PathAndQuery);

        answers.Select(answer => answer.Headers.Location?.OriginalString).Distinct().Should().ContainSingle().Which.Should().StartWith("/cases/");
        shown.QuerySelector("h1")!.TextContent.Should().Be("Loud since Monday");
        shown.QuerySelector("main")!.TextContent.Should().Contain("Every night.").And.Contain("The night porter").And.Contain("answer by").And.Contain("Complaint: Loud since Monday");
        (await house.Postgres.ScalarAsync<long>("select count(*) from engagement_case where engagement_id = $1", engagement)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'ComplaintRaised' and chain = $1", $"engagement/{engagement:D}")).Should().Be(1);
    }

    [Fact]
    public async Task Raise_WithoutASubject_KeepsWhatWasTyped()
    {
        (Guid engagement, _) = await NextAsync();
        string address = $"/engagements/{engagement}/complaint";

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(
            house.Staff, address, address, new() { ["_handler"] = "complaint", ["sheet"] = TimeOrderedId.Create(TimeProvider.System.GetUtcNow()).ToString("D"), ["subject"] = " ", ["class"] = "high", ["description"] = "Every night." });
        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        page.QuerySelector("[role=alert]").Should().NotBeNull();
        page.QuerySelector("textarea[name=description]")!.TextContent.Trim().Should().Be("Every night.");
        page.QuerySelector("input[name=class][checked]")!.GetAttribute("value").Should().Be("high");
        (await house.Postgres.ScalarAsync<long>("select count(*) from engagement_case where engagement_id = $1", engagement)).Should().Be(0);
    }

    [Theory]
    [InlineData("en", "late since", "answer by", "Lessons")]
    [InlineData("zh-CN", "起逾期", "前答复", "经验")]
    public async Task Lists_InBothLanguages_SayWhatIsLateAndWhatWasLearned(string language, string late, string due, string lessons)
    {
        (Guid engagement, Guid client) = await NextAsync();
        Guid first = await RaiseAsync(engagement, $"Late one {language}");
        Guid second = await RaiseAsync(engagement, $"In time {language}");
        Guid third = await RaiseAsync(engagement, $"Done one {language}");
        await house.Postgres.ExecuteAsync("update clock set due_at = now() - interval '1 hour' where case_id = $1", first);
        await house.Postgres.ExecuteAsync("update engagement_case set state = 'closed', closed_at = now(), outcome = 'accepted', lesson = 'Call a week before.' where id = $1", third);

        IDocument open = await house.ReadAsync($"/cases?engagement={engagement}&state=open", language);
        IDocument learned = await house.ReadAsync($"/cases?lessons=yes&engagement={engagement}", language);
        IDocument card = await house.ReadAsync($"/clients/{client}", language);
        IDocument detail = await house.ReadAsync($"/cases/{first}", language);

        open.QuerySelectorAll("tbody tr").Should().HaveCount(2);
        IElement row = open.QuerySelectorAll("tbody tr").Single(one => one.TextContent.Contains("Late one", StringComparison.Ordinal));
        row.QuerySelector(".tone-broken")!.TextContent.Should().Contain(late, "never by colour alone");
        open.QuerySelectorAll("tbody tr").Single(one => one.TextContent.Contains("In time", StringComparison.Ordinal)).TextContent.Should().Contain(due);
        learned.QuerySelector("h1")!.TextContent.Should().Be(lessons);
        learned.QuerySelectorAll("tbody tr").Should().ContainSingle().Which.TextContent.Should().Contain("Call a week before.");
        card.QuerySelector("aside")!.TextContent.Should().Contain($"Late one {language}").And.Contain(late);
        detail.QuerySelectorAll("aside a[href^='/instances/']").Should().ContainSingle();
        (await house.ReadAsync($"/cases/{second}", language)).QuerySelector(".story")!.Children.Should().NotBeEmpty();
        await house.ReadAsync($"/cases/{TimeOrderedId.Create(TimeProvider.System.GetUtcNow())}", language, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task StandingLink_MadeByStaff_IsShownOpensAndIsTakenBack()
    {
        (Guid engagement, _) = await NextAsync();
        string address = $"/engagements/{engagement}/standing-links";

        using HttpResponseMessage made = await ServerFixture.PostFormAsync(house.Staff, address, address, new() { ["_handler"] = "standing-link" });
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, address, address, new() { ["_handler"] = "standing-link" });
        string link = (await HouseFixture.ParseAsync(await made.Content.ReadAsStringAsync())).QuerySelector(".shown-once code")!.TextContent;
        IDocument listed = await house.ReadAsync(address);
        (HttpClient browser, string form, _) = await house.OpenLinkAsync(new Uri(link).PathAndQuery);
        Guid id = Guid.Parse(form.Split('/')[^1]);
        using HttpResponseMessage revoked = await ServerFixture.PostFormAsync(house.Staff, address, $"/standing-links/{id}/revoke", new() { ["reason"] = "It went astray." });
        using HttpResponseMessage after = await browser.GetAsync(form);

        (await HouseFixture.ParseAsync(await again.Content.ReadAsStringAsync())).QuerySelector(".shown-once code")!.TextContent.Should().Be(link, "who has one keeps it");
        listed.Body!.TextContent.Should().NotContain(link.Split('/')[^1]);
        revoked.Headers.Location!.OriginalString.Should().Be(address);
        after.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await house.ReadAsync(address)).QuerySelector("main")!.TextContent.Should().Contain("taken back on");
        (await house.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where subject = $1", $"standing-link/{id}"))
            .Should().Be("StandingLinkMade StandingLinkShown StandingLinkRevoked");
    }

    [Theory]
    [InlineData(StaffRoles.Auditor, false, false)]
    [InlineData(StaffRoles.Architect, true, true)]
    public async Task Acts_AreOfferedAndDoneByThoseWhoMay(string role, bool mayRaise, bool mayMake)
    {
        (Guid engagement, Guid client) = await NextAsync();
        (HttpClient person, _) = await house.SignInAsync(role);
        string address = $"/engagements/{engagement}/standing-links";
        string anybodys = HouseFixture.TokenOf(await person.GetStringAsync(address));
        using FormUrlEncodedContent fields = new([new("__RequestVerificationToken", anybodys), new("_handler", "standing-link")]);

        using HttpResponseMessage raise = await person.GetAsync($"/engagements/{engagement}/complaint");
        using HttpResponseMessage make = await person.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, address) { Content = fields }, person));
        IDocument card = await HouseFixture.ParseAsync(await person.GetStringAsync($"/clients/{client}"));

        raise.StatusCode.Should().Be(mayRaise ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        card.QuerySelectorAll($"a[href='/engagements/{engagement}/complaint']").Should().HaveCount(mayRaise ? 1 : 0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from standing_link where engagement_id = $1", engagement)).Should().Be(mayMake ? 1 : 0);
        make.IsSuccessStatusCode.Should().Be(mayMake);
    }

    [Fact]
    public async Task Api_RaisesOnceUnderAKeyListsAndShows()
    {
        (Guid engagement, _) = await NextAsync();
        HttpClient program = house.Program("account-manager");
        object complaint = new { subject = "Too late", description = "Two weeks.", @class = "urgent", raisedBy = "Wang Fang" };

        JsonElement[] answers = [await PostAsync("k-1"), await PostAsync("k-1")];
        Guid id = answers[0].GetProperty("caseId").GetGuid();
        JsonElement list = await program.GetFromJsonAsync<JsonElement>($"api/cases?engagementId={engagement}&state=open&class=urgent&limit=1");
        JsonElement detail = await program.GetFromJsonAsync<JsonElement>($"api/cases/{id}");

        answers[1].GetRawText().Should().Be(answers[0].GetRawText());
        list.GetProperty("items").GetArrayLength().Should().Be(1);
        list.GetProperty("items")[0].GetProperty("case").GetProperty("raisedBy").GetString().Should().Be("Wang Fang");
        detail.GetProperty("clocks").GetArrayLength().Should().Be(1);
        detail.GetProperty("notified").GetArrayLength().Should().BePositive();
        detail.GetProperty("case").GetProperty("promise").GetProperty("isRunning").GetBoolean().Should().BeTrue();

        async Task<JsonElement> PostAsync(string key)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"api/engagements/{engagement}/cases") { Content = JsonContent.Create(complaint), Headers = { { "Idempotency-Key", key } } };
            using HttpResponseMessage answer = await program.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            return await ApiFixture.ReadAsync(answer);
        }
    }

    [Theory]
    [InlineData("""{"description":"x"}""", "subject")]
    [InlineData("""{"subject":"x","class":"soon"}""", "urgent, high, normal")]
    [InlineData("""{"subject":"two\nlines"}""", "line break")]
    public async Task Api_BadComplaint_SaysTheRule(string body, string words)
    {
        (Guid engagement, _) = await NextAsync();

        using HttpResponseMessage answer = await house.Program("administrator").PostAsync($"api/engagements/{engagement}/cases", ApiFixture.Json(body));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(words);
    }

    [Fact]
    public async Task Api_UnknownThings_AreNotFoundAndFiltersSayTheirWords()
    {
        HttpClient program = house.Program("administrator");
        Guid nobody = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());

        (await program.PostAsync($"api/engagements/{nobody}/cases", ApiFixture.Json("""{"subject":"x"}"""))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.PostAsync($"api/engagements/{nobody}/standing-links", ApiFixture.Json("{}"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.PostAsync($"api/standing-links/{nobody}/revoke", ApiFixture.Json("""{"reason":"x"}"""))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.GetAsync($"api/engagements/{nobody}/standing-links")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.GetAsync($"api/cases/{nobody}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.GetAsync("api/cases?state=ajar")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await program.PostAsync($"api/engagements/{(await NextAsync()).Engagement}/standing-links", ApiFixture.Json("""{"definitionId":"nowhere"}"""))).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<Guid> RaiseAsync(Guid engagement, string subject)
    {
        using HttpResponseMessage answer = await house.Program("administrator").PostAsync($"api/engagements/{engagement}/cases", JsonContent.Create(new { subject }));
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await ApiFixture.ReadAsync(answer)).GetProperty("caseId").GetGuid();
    }

    private async Task<(Guid Engagement, Guid Client)> NextAsync()
    {
        int place = Interlocked.Increment(ref _next) - 1;
        return (
            await house.Postgres.ScalarAsync<Guid>("select e.id from engagement e join client c on c.id = e.client_id order by c.external_id offset $1 limit 1", place),
            await house.Postgres.ScalarAsync<Guid>("select c.id from engagement e join client c on c.id = e.client_id order by c.external_id offset $1 limit 1", place));
    }
}
