using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.ClientPages;

/// <summary>What a link for complaints does, and what it does not.</summary>
public sealed class StandingLinkTests(StandingLinkTests.Fixture house) : IClassFixture<StandingLinkTests.Fixture>
{
    private const string Hostile = "<script>alert(1)</script> {{ Firm.Name }} \"';--";

    private static int _next;

    [Fact]
    public async Task Link_Opened_LeadsToACleanAddressAndTellsNobody()
    {
        (Guid link, _, string address) = await NextAsync();
        HttpClient browser = house.Anonymous();

        using HttpResponseMessage opened = await browser.GetAsync(address);
        using HttpResponseMessage form = await browser.GetAsync(opened.Headers.Location);
        string html = await form.Content.ReadAsStringAsync();

        opened.Headers.Location!.OriginalString.Should().Be($"/c/standing/form/{link}");
        opened.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        opened.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("ef-link=", StringComparison.Ordinal))
            .Should().ContainEquivalentOf("httponly").And.ContainEquivalentOf("samesite=lax").And.Contain($"path=/c/standing/form/{link}");
        foreach (HttpResponseMessage answer in new[] { opened, form })
        {
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.NotContain("unsafe");
        }

        html.Should().NotContain(address.Split('/')[^1]).And.ContainAny("How urgent is it?", "紧急程度如何？");
    }

    [Theory]
    [InlineData("GET", null, 1)]
    [InlineData("HEAD", null, 0)]
    [InlineData("OPTIONS", null, 0)]
    [InlineData("GET", "prefetch;prerender", 0)]
    public async Task Looking_ByAnybody_StartsNothing(string method, string? purpose, int counted)
    {
        (Guid link, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, _) = await house.OpenLinkAsync(address);
        using HttpRequestMessage request = new(new HttpMethod(method), address);
        if (purpose is not null)
            request.Headers.Add("Sec-Purpose", purpose);

        (await house.Anonymous().SendAsync(request)).Dispose();
        (await browser.SendAsync(new(new HttpMethod(method), form))).Dispose();

        (await house.Postgres.ScalarAsync<int>("select openings from standing_link where id = $1", link)).Should().Be(1 + counted);
        (await CasesAsync(engagement)).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from standing_link_use where link_id = $1", link)).Should().Be(0);
    }

    [Fact]
    public async Task Sheet_Sent_StartsTheFlowForTheContactAndSaysByWhen()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage sent = await PostAsync(browser, form, Sheet(html));
        string thanks = await browser.GetStringAsync(sent.Headers.Location);
        using HttpResponseMessage again = await PostAsync(browser, form, Sheet(html, subject: "Something else"));

        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        thanks.Should().ContainAny("Thank you, we have it", "谢谢，我们已收到").And.ContainAny("You have an answer by", "前答复您");
        again.Headers.Location.Should().Be(sent.Headers.Location, "a sheet is sent once");
        (await house.Postgres.ScalarAsync<string>(
            "select a.subject || '/' || a.class || '/' || (a.raised_by = k.name) || '/' || (p.name is not null) from engagement_case a join engagement e on e.id = a.engagement_id join contact k on k.id = e.contact_id left join person p on p.id = a.owner_id where e.id = $1", engagement))
            .Should().Be("The drawings came late/high/true/true");
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where engagement_id = $1 and template = 'acknowledged'", engagement)).Should().Be(1);
    }

    [Fact]
    public async Task Sheet_PostedFiftyTimesAtOnce_StartsOneInstance()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(browser, form, Sheet(html))));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Found);
        answers.Select(answer => answer.Headers.Location!.OriginalString).Distinct().Should().ContainSingle();
        (await CasesAsync(engagement)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = $1 and definition_id = 'complaint-escalation'", engagement.ToString())).Should().Be(1);
    }

    [Fact]
    public async Task Sheets_OneAfterTheOther_AreAsManyComplaintsUntilTheDayIsFull()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage sent = await PostAsync(browser, form, Sheet(html, subject: $"Number {i}"));
            sent.StatusCode.Should().Be(HttpStatusCode.Found);
            html = await browser.GetStringAsync(form);
        }

        using HttpResponseMessage sixth = await PostAsync(browser, form, Sheet(html, subject: "Number 5"));
        string text = await sixth.Content.ReadAsStringAsync();

        sixth.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        text.Should().ContainAny("This one was not sent", "本次未能提交").And.Contain("5");
        (await CasesAsync(engagement)).Should().Be(5);
    }

    [Fact]
    public async Task Sheet_WithFaults_KeepsWhatWasTypedAndTheSheet()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage refused = await PostAsync(browser, form, Sheet(html, subject: "", description: Hostile));
        IDocument page = await HouseFixture.ParseAsync(await refused.Content.ReadAsStringAsync());

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.QuerySelectorAll(".has-fault").Select(question => question.Id).Should().Equal("question-subject");
        page.QuerySelector("textarea[name='q.description']")!.TextContent.Trim().Should().Be(Hostile);
        page.QuerySelectorAll("script:not([src])").Should().BeEmpty();
        page.QuerySelector("input[name=sheet]")!.GetAttribute("value").Should().Be(SheetOf(html));
        (await CasesAsync(engagement)).Should().Be(0);
    }

    [Fact]
    public async Task Sheet_WithHostileWords_IsTextEverywhere()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage sent = await PostAsync(browser, form, Sheet(html, subject: Hostile, description: $"{Hostile}\nhttps://standing-link.invalid/{TimeOrderedId.Create(TimeProvider.System.GetUtcNow()):D}"));
        Guid id = await house.Postgres.ScalarAsync<Guid>("select id from engagement_case where engagement_id = $1", engagement);
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where engagement_id = $1 and template = 'acknowledged'", engagement);
        string letter = (await house.Postgres.ScalarAsync<string>("select html from mail where id = $1", mail))!;

        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        letter.Should().Contain("&lt;script&gt;").And.NotContain("<script>");
        foreach (string path in new[] { $"/cases/{id}", "/cases", $"/clients/{await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement)}" })
        {
            IDocument page = await house.ReadAsync(path);
            page.QuerySelectorAll("script:not([src])").Should().BeEmpty(path);
            page.Body!.TextContent.Should().Contain(Hostile, path);
        }
    }

    [Fact]
    public async Task Sheet_WithoutThePagesToken_IsRefused()
    {
        (_, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage withoutToken = await PostAsync(browser, form, [.. Sheet(html).Where(field => field.Key != "__RequestVerificationToken")]);
        using HttpResponseMessage withoutSheet = await PostAsync(browser, form, [.. Sheet(html).Where(field => field.Key != "sheet")]);

        ((int)withoutToken.StatusCode).Should().BeInRange(400, 499);
        withoutSheet.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await CasesAsync(engagement)).Should().Be(0);
    }

    [Theory]
    [InlineData("revoked_at = now(), revoked_by = 'test'", "It was taken back", "已被撤回")]
    [InlineData("issued_at = now() - interval '2 days', expires_at = now() - interval '1 day'", "Its time has passed", "已过有效期")]
    public async Task Link_ThatIsOver_SaysSoInTheClientsLanguageAndWhomToCall(string change, string english, string chinese)
    {
        (Guid link, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        await house.Postgres.ExecuteAsync($"update standing_link set {change} where id = $1", link);
        string language = (await house.Postgres.ScalarAsync<string>("select k.language from engagement e join contact k on k.id = e.contact_id where e.id = $1", engagement))!;
        string client = (await house.Postgres.ScalarAsync<string>("select c.name from engagement e join client c on c.id = e.client_id where e.id = $1", engagement))!;

        using HttpResponseMessage shown = await browser.GetAsync(form);
        using HttpResponseMessage posted = await PostAsync(browser, form, Sheet(html));
        string text = await shown.Content.ReadAsStringAsync();

        shown.StatusCode.Should().Be(HttpStatusCode.Gone);
        posted.StatusCode.Should().Be(HttpStatusCode.Gone);
        text.Should().Contain(language == "zh-CN" ? chinese : english).And.Contain("mailto:").And.NotContain(client);
        (await CasesAsync(engagement)).Should().Be(0);
    }

    [Fact]
    public async Task Link_OfAnErasedClient_IsDeadAndSaysNothing()
    {
        (Guid link, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        using HttpResponseMessage sent = await PostAsync(browser, form, Sheet(html, subject: "Zwetschgen"));
        html = await browser.GetStringAsync(form);
        Guid client = await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement);
        string name = (await house.Postgres.ScalarAsync<string>("select name from client where id = $1", client))!;

        using HttpResponseMessage erased = await Testing.ServerFixture.PostFormAsync(house.Staff, $"/clients/{client}", $"/clients/{client}/erase", new() { ["reason"] = "Asked for.", ["name"] = name });
        using HttpResponseMessage shown = await browser.GetAsync(form);
        using HttpResponseMessage posted = await PostAsync(browser, form, Sheet(html, subject: "Later"));
        using HttpResponseMessage thanks = await browser.GetAsync(sent.Headers.Location);

        shown.StatusCode.Should().Be(HttpStatusCode.Gone);
        posted.StatusCode.Should().Be(HttpStatusCode.Gone);
        thanks.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await house.Postgres.ScalarAsync<string>("select revoked_by || label_en from standing_link where id = $1", link)).Should().Be("erasureErased");
        (await CasesAsync(engagement)).Should().Be(1, "the row stays, emptied");
        (await house.Postgres.ScalarAsync<long>("select count(*) from engagement_case where subject = 'Zwetschgen'")).Should().Be(0);
        (await InvariantChecks.CountAsync(house.Postgres.DataSource, CancellationToken.None)).Where(result => result is { Violations: > 0, Invariant.IsWarning: false }).Should().BeEmpty();
    }

    [Fact]
    public async Task Stranger_LearnsNothing()
    {
        (Guid link, _, string address) = await NextAsync();
        (HttpClient other, string otherForm, _) = await house.OpenLinkAsync((await NextAsync()).Address);
        (_, string ordinary) = await house.NextLinkAsync();
        string forged = address[..^4] + (address.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        string[] pages = await Task.WhenAll(
            TextAsync(house.Anonymous(), forged),
            TextAsync(house.Anonymous(), "/c/standing/k1.abc"),
            TextAsync(house.Anonymous(), "/c/k1.abc"),
            TextAsync(house.Anonymous(), ordinary.Replace("/c/", "/c/standing/", StringComparison.Ordinal)),
            TextAsync(house.Anonymous(), address.Replace("/c/standing/", "/c/", StringComparison.Ordinal)),
            TextAsync(house.Anonymous(), $"/c/standing/form/{link}"),
            TextAsync(house.Anonymous(), $"/c/form/{link}"),
            TextAsync(house.Anonymous(), $"/c/standing/form/{link}/sent/{TimeOrderedId.Create(TimeProvider.System.GetUtcNow())}"),
            TextAsync(other, $"/c/standing/form/{link}"));

        pages.Distinct().Should().ContainSingle("made up, of another kind, unknown and another's look the same as with other links");
        (await other.GetAsync(otherForm)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Flow_ThatIsNotPublished_IsSaidSoAndNothingIsSent()
    {
        (Guid link, Guid engagement, string address) = await NextAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        await house.Postgres.ExecuteAsync("update standing_link set definition_id = 'nowhere' where id = $1", link);

        using HttpResponseMessage shown = await browser.GetAsync(form);
        using HttpResponseMessage posted = await PostAsync(browser, form, Sheet(html));

        shown.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        posted.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await posted.Content.ReadAsStringAsync()).Should().ContainAny("Nothing was sent", "内容未能提交");
        (await CasesAsync(engagement)).Should().Be(0);
    }

    private async Task<(Guid Link, Guid Engagement, string Address)> NextAsync()
    {
        // Each test takes another client, in English and Chinese by turns of the sample.
        Guid engagement = await house.Postgres.ScalarAsync<Guid>(
            "select e.id from engagement e join client c on c.id = e.client_id where c.erased_at is null order by c.external_id offset $1 limit 1", Interlocked.Increment(ref _next) - 1);
        MadeStandingLink made = (await house.Services.GetRequiredService<MakeStandingLink>().ExecuteAsync(
            engagement, "complaint-escalation", "forms/complaint.json", new("Tell us what is wrong", "问题反馈"), TimeProvider.System.GetUtcNow().AddDays(730), "test", TimeProvider.System.GetUtcNow(), default))!;
        return (made.Id, engagement, new Uri(house.Services.GetRequiredService<Func<MailAddresses>>()().StandingLinkOf(made.Id)).PathAndQuery);
    }

    private static List<KeyValuePair<string, string>> Sheet(string html, string subject = "The drawings came late", string description = "Two weeks.") =>
    [
        new("__RequestVerificationToken", HouseFixture.TokenOf(html)),
        new("sheet", SheetOf(html)),
        new("page", "complaint"),
        new("shown", "subject"),
        new("shown", "class"),
        new("shown", "description"),
        new("q.subject", subject),
        new("q.class", "high"),
        new("q.description", description),
        new("go", "send"),
    ];

    private static string SheetOf(string html)
    {
        int at = html.IndexOf("name=\"sheet\" value=\"", StringComparison.Ordinal) + "name=\"sheet\" value=\"".Length;
        return html[at..html.IndexOf('"', at)];
    }

    private Task<long> CasesAsync(Guid engagement) => house.Postgres.ScalarAsync<long>("select count(*) from engagement_case where engagement_id = $1", engagement);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, List<KeyValuePair<string, string>> fields)
    {
        using FormUrlEncodedContent content = new(fields);
        return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, address) { Content = content }, browser));
    }

    private static async Task<string> TextAsync(HttpClient browser, string address)
    {
        using HttpResponseMessage answer = await browser.GetAsync(address);
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound, address);
        return await answer.Content.ReadAsStringAsync();
    }

    public sealed class Fixture : HouseFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
        };
    }
}
