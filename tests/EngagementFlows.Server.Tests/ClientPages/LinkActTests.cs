using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.ClientPages;

/// <summary>Scanners at a link, taking it back, sending a new one, and who is let through at all.</summary>
public sealed class LinkActTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    [Theory]
    [InlineData("curl/8.5", null)]
    [InlineData("Mozilla/5.0 (compatible; SafeLinks scanner)", "en")]
    [InlineData(Chrome, null)]
    public async Task Scanner_OpeningALinkTwentyTimes_ChangesNothingAndIsShownAsAMachine(string agent, string? language)
    {
        (Guid link, string address) = await FreshLinkAsync();
        string before = await StateAsync(link);
        HttpClient scanner = house.Anonymous();
        for (int look = 0; look < 20; look++)
        {
            (await SendAsync(scanner, look % 5 == 4 ? HttpMethod.Head : HttpMethod.Get, address, agent, language)).Dispose();
            (await SendAsync(scanner, HttpMethod.Get, $"/c/form/{link}", agent, language)).Dispose();
            (await SendAsync(scanner, HttpMethod.Get, $"/c/form/{link}/decline", agent, language)).Dispose();
        }

        (await StateAsync(link)).Should().Be(before);
        (await house.Postgres.ScalarAsync<int>("select openings - machine_openings from link where id = $1", link)).Should().Be(0);
        (await house.ReadAsync($"/links/{link}")).QuerySelector("main")!.TextContent.Should().Contain("16 × probably by a mail scanner").And.NotContain("by a person");
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseFixture.AnswerAsync(browser, form, html)).StatusCode.Should().Be(HttpStatusCode.Found, "the client answers after all of that");
    }

    [Fact]
    public async Task Person_OpeningALink_IsShownAsAPerson_AndOneInAHurryIsNot()
    {
        (Guid link, string address) = await FreshLinkAsync();
        HttpClient browser = house.Anonymous();

        (await SendAsync(browser, HttpMethod.Get, address, Chrome, "de")).Dispose();
        (await SendAsync(browser, HttpMethod.Get, address, Chrome, "de")).Dispose();

        (await house.Postgres.ScalarAsync<int>("select openings from link where id = $1", link)).Should().Be(2);
        (await house.Postgres.ScalarAsync<int>("select machine_openings from link where id = $1", link)).Should().Be(1, "nobody opens a link again within seconds");
        (await house.ReadAsync($"/links/{link}")).QuerySelector("main")!.TextContent.Should().Contain("1 × probably by a person");
    }

    [Fact]
    public async Task Revoked_IsDeadAtOnce_AndStaffAreOfferedANewLink()
    {
        (Guid link, string address) = await FreshLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage revoked = await ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/revoke", new() { ["reason"] = "It went to the wrong address." });
        IDocument page = await house.ReadAsync($"/links/{link}");
        using HttpResponseMessage posted = await HouseFixture.AnswerAsync(browser, form, html);
        string shown = await posted.Content.ReadAsStringAsync();

        posted.StatusCode.Should().Be(HttpStatusCode.Gone);
        shown.Should().ContainAny("It was taken back", "已被撤回").And.NotContain("Jonas").And.NotContain("Linden &amp; Partner, ");
        page.QuerySelector("main")!.TextContent.Should().Contain("still waits for an answer");
        page.QuerySelectorAll("form[action$='/send-anew']").Should().ContainSingle();
        page.QuerySelectorAll("form[action$='/revoke']").Should().BeEmpty();
        (await house.Postgres.ScalarAsync<string>("select detail->>'reason' from audit where act = 'LinkRevoked' and subject = $1", $"link/{link}")).Should().Be("It went to the wrong address.");
        (await house.Postgres.ScalarAsync<string>("select i.status from instance i join link l on l.instance_id = i.id where l.id = $1", link)).Should().Be("suspended");
    }

    [Fact]
    public async Task Answer_ToWhatThePageSaysNoMore_IsNotTakenAndThePageAsksAnew()
    {
        (Guid link, string address) = await FreshLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        string declining = await browser.GetStringAsync($"{form}/decline");
        await house.Postgres.ExecuteAsync("update link set message = 'Thursday at ten' where id = $1", link);

        using HttpResponseMessage declined = await SendAsync($"{form}/decline", declining, []);
        using HttpResponseMessage late = await SendAsync(form, html, [.. HouseFixture.Brief(html).Where(field => field.Key.StartsWith("q.", StringComparison.Ordinal)), new("go", "send")]);
        string anew = await late.Content.ReadAsStringAsync();
        using HttpResponseMessage looked = await SendAsync(form, anew, [new("go", "next")]);

        declined.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await declined.Content.ReadAsStringAsync()).Should().ContainAny("changed while this page was open", "询问的内容已有更改");
        late.StatusCode.Should().Be(HttpStatusCode.Conflict);
        anew.Should().Contain("Thursday at ten").And.ContainAny("changed while this page was open", "询问的内容已有更改").And.Contain("Brighter rooms", "what was typed is kept");
        looked.StatusCode.Should().NotBe(HttpStatusCode.Conflict, "he has seen it now");
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");

        async Task<HttpResponseMessage> SendAsync(string to, string page, List<KeyValuePair<string, string>> fields)
        {
            IDocument document = await HouseFixture.ParseAsync(page);
            fields.AddRange(document.QuerySelectorAll("form[method=post] input[type=hidden]").Select(field => new KeyValuePair<string, string>(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")));
            using FormUrlEncodedContent content = new(fields);
            return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, to) { Content = content }, browser));
        }
    }

    [Fact]
    public async Task SentAnew_TheOldLinkIsDeadAndTheNewOneAnswersOnce()
    {
        (Guid link, string address) = await FreshLinkAsync();
        (HttpClient oldBrowser, string oldForm, string oldHtml) = await house.OpenLinkAsync(address);

        using HttpResponseMessage sent = await ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/send-anew", []);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/send-anew", []);
        Guid anew = Guid.Parse(sent.Headers.Location!.OriginalString.Split('/')[^1]);
        string newAddress = house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(anew);
        using HttpResponseMessage old = await HouseFixture.AnswerAsync(oldBrowser, oldForm, oldHtml);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(newAddress);
        using HttpResponseMessage answered = await HouseFixture.AnswerAsync(browser, form, html);

        old.StatusCode.Should().Be(HttpStatusCode.Gone);
        answered.StatusCode.Should().Be(HttpStatusCode.Found);
        again.Headers.Location!.OriginalString.Should().Be($"/links/{link}", "a second press sends nothing");
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where replaces = $1", link)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where link_id = $1 and html like '%link.invalid/' || $1 || '%' and text not like '%' || $2 || '%'", anew, link.ToString())).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox where id in (select id from mail where link_id = $1)", anew)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'LinkSentAnew' and subject = $1", $"link/{link}")).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id in ($1, $2)", link, anew)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where state = 'open' and bookmark_id = (select bookmark_id from link where id = $1)", link)).Should().Be(0);
    }

    [Fact]
    public async Task InstanceCancelled_TheLinkSentAnewDiesToo()
    {
        (Guid link, _) = await FreshLinkAsync();
        using HttpResponseMessage sent = await ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/send-anew", []);
        Guid anew = Guid.Parse(sent.Headers.Location!.OriginalString.Split('/')[^1]);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(anew));
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", link);

        (await ServerFixture.PostFormAsync(house.Staff, $"/instances/{instance}", $"/instances/{instance}/cancel", new() { ["reason"] = "Settled by phone." })).Dispose();
        using HttpResponseMessage posted = await HouseFixture.AnswerAsync(browser, form, html);
        using HttpResponseMessage sentAgain = await ServerFixture.PostFormAsync(house.Staff, $"/links/{anew}", $"/links/{anew}/send-anew", []);

        posted.StatusCode.Should().Be(HttpStatusCode.Gone);
        sentAgain.Headers.Location!.OriginalString.Should().Be($"/links/{anew}");
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where instance_id = $1 and state = 'open'", instance)).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id in ($1, $2)", link, anew)).Should().Be(0);
    }

    [Fact]
    public async Task Answering_WhileANewLinkIsSent_LeavesNoOpenLinkBehind()
    {
        for (int round = 0; round < 5; round++)
        {
            (Guid link, string address) = await FreshLinkAsync();
            (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

            Task<HttpResponseMessage> answered = HouseFixture.AnswerAsync(browser, form, html);
            Task<HttpResponseMessage> sent = ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/send-anew", []);
            (await answered).Dispose();
            (await sent).Dispose();

            (await house.Postgres.ScalarAsync<long>(
                "select count(*) from link l where l.state = 'open' and not exists (select 1 from bookmark b where b.instance_id = l.instance_id and b.id = l.bookmark_id)")).Should().Be(0);
        }
    }

    [Fact]
    public async Task Auditor_SeesTheLinkAndIsOfferedNoAct()
    {
        (Guid link, _) = await FreshLinkAsync();
        (HttpClient auditor, _) = await house.SignInAsync(StaffRoles.Auditor);

        IDocument page = await HouseFixture.ParseAsync(await auditor.GetStringAsync($"/links/{link}"));

        page.QuerySelectorAll("main form").Should().BeEmpty();
        page.QuerySelector("h1")!.TextContent.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("null", null, HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-site", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", "same-origin", HttpStatusCode.OK)]
    public async Task Post_OfThePagesOwnForm_PassesUnlessTheBrowserSaysThatItComesFromElsewhere(string? origin, string? site, HttpStatusCode expected)
    {
        (_, string address) = await FreshLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        using FormUrlEncodedContent content = new([.. HouseFixture.Brief(html), new("go", "look")]);
        using HttpRequestMessage request = new(HttpMethod.Post, form) { Content = content };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using HttpResponseMessage answer = await browser.SendAsync(request);

        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Post_WithAnothersFormToken_IsRefused()
    {
        (Guid link, string address) = await FreshLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (_, _, string othersHtml) = await house.OpenLinkAsync((await FreshLinkAsync()).Address);

        using HttpResponseMessage answer = await HouseFixture.AnswerAsync(browser, form, html.Replace(HouseFixture.TokenOf(html), HouseFixture.TokenOf(othersHtml), StringComparison.Ordinal));

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    // Old enough that an opening is not taken for the scanner that looks at a mail on its way.
    private async Task<(Guid Link, string Address)> FreshLinkAsync()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        await house.Postgres.ExecuteAsync("update link set issued_at = issued_at - interval '1 hour', openings = 0 where id = $1", link);
        return (link, address);
    }

    private async Task<string> StateAsync(Guid link) => (await house.Postgres.ScalarAsync<string>("""
        select jsonb_agg(x)::text from (
          select to_jsonb(l) - 'openings' - 'machine_openings' - 'opened_at' - 'last_opened_at' x from link l where id = $1
          union all select to_jsonb(i) from instance i join link l on l.instance_id = i.id where l.id = $1
          union all select to_jsonb(b) from bookmark b join link l on l.instance_id = b.instance_id where l.id = $1
          union all select jsonb_build_object('answers', count(*)) from form_answer
        ) all_of_it
        """, link))!;

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, string agent, string? language)
    {
        HttpRequestMessage request = new(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return client.SendAsync(request);
    }
}

/// <summary>How often somebody may knock.</summary>
public sealed class LinkRateTests(LinkRateTests.Fixture server) : IClassFixture<LinkRateTests.Fixture>
{
    [Fact]
    public async Task Links_AreCountedByLinkAndByAddress_AndTheRefusalIsKind()
    {
        HttpClient browser = server.Anonymous();
        for (int look = 0; look < 5; look++)
            (await browser.GetAsync("c/form/00000000-0000-7000-8000-000000000001")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using HttpResponseMessage sameLink = await browser.GetAsync("c/form/00000000-0000-7000-8000-000000000001");
        using HttpResponseMessage otherLink = await browser.GetAsync("c/form/00000000-0000-7000-8000-000000000002");
        HttpStatusCode last = HttpStatusCode.NotFound;
        for (int guess = 0; guess < 20; guess++)
            last = (await browser.GetAsync($"c/k1.guess{guess}")).StatusCode;

        sameLink.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        sameLink.Headers.RetryAfter.Should().NotBeNull();
        sameLink.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await sameLink.Content.ReadAsStringAsync()).Should().Contain("wait a minute");
        otherLink.StatusCode.Should().Be(HttpStatusCode.NotFound, "another link has a count of its own");
        last.Should().Be(HttpStatusCode.TooManyRequests, "who guesses is stopped by his address");
        (await browser.GetAsync("sign-in")).StatusCode.Should().Be(HttpStatusCode.OK, "the console is another door");
    }

    [Fact]
    public async Task TrustedProxy_TellsVisitorsApart()
    {
        HttpStatusCode one = HttpStatusCode.OK;
        for (int attempt = 0; attempt < 4; attempt++)
            one = (await SignInFromAsync("203.0.113.7")).StatusCode;

        one.Should().Be(HttpStatusCode.TooManyRequests);
        (await SignInFromAsync("203.0.113.8")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "the form's token is missing, but he was let through to be told so");
    }

    private async Task<HttpResponseMessage> SignInFromAsync(string address)
    {
        using FormUrlEncodedContent content = new([]);
        using HttpRequestMessage request = new(HttpMethod.Post, "sign-in") { Content = content };
        request.Headers.Add("X-Forwarded-For", address);
        return await server.Anonymous().SendAsync(request);
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "5",
            ["EngagementFlows:Links:RequestsPerMinute"] = "20",
            ["EngagementFlows:SignIn:AttemptsPerMinute"] = "3",
            ["EngagementFlows:TrustedProxies"] = "127.0.0.0/8,::1",
        };
    }
}
