using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Server.Tests.Staff;

namespace EngagementFlows.Server.Tests.ClientPages;

/// <summary>What a link does, and what it does not.</summary>
public sealed class LinkPageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task Link_Opened_LeadsToACleanAddressAndTellsNobody()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        HttpClient browser = house.Anonymous();

        using HttpResponseMessage opened = await browser.GetAsync(address);
        using HttpResponseMessage form = await browser.GetAsync(opened.Headers.Location);

        opened.Headers.Location!.OriginalString.Should().Be($"/c/form/{link}");
        opened.Headers.GetValues("Referrer-Policy").Should().Equal(["no-referrer"], "this address holds the token");
        form.Headers.GetValues("Referrer-Policy").Should().Equal(["same-origin"], "other sites learn nothing, and a browser on plain HTTP must say where a form was posted from");
        foreach (HttpResponseMessage answer in new[] { opened, form })
        {
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        }

        opened.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("ef-link=", StringComparison.Ordinal))
            .Should().ContainEquivalentOf("httponly").And.ContainEquivalentOf("samesite=lax").And.Contain($"path=/c/form/{link}");
        (await form.Content.ReadAsStringAsync()).Should().NotContain(address.Split('/')[^1]);
    }

    [Theory]
    [InlineData("GET", null, 1)]
    [InlineData("HEAD", null, 0)]
    [InlineData("OPTIONS", null, 0)]
    [InlineData("GET", "prefetch", 0)]
    [InlineData("GET", "prefetch;prerender", 0)]
    public async Task Opening_ByAnybody_ChangesNothingButACounter(string method, string? purpose, int counted)
    {
        (Guid link, string address) = await house.NextLinkAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), address);
        if (purpose is not null)
            request.Headers.Add("Sec-Purpose", purpose);

        using HttpResponseMessage answer = await house.Anonymous().SendAsync(request);

        (await house.Postgres.ScalarAsync<int>("select openings from link where id = $1", link)).Should().Be(1 + counted);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    [Fact]
    public async Task Form_WithoutScripts_IsFilledPageByPageAndAnswersOnce()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage sent = await HouseFixture.AnswerAsync(browser, form, html);
        IDocument end = await HouseFixture.ParseAsync(await browser.GetStringAsync(sent.Headers.Location));
        using HttpResponseMessage again = await PostAsync(browser, form, HouseFixture.Brief(html, goals: "Something else."));
        string text = await again.Content.ReadAsStringAsync();

        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        end.QuerySelector("h1")!.TextContent.Should().BeOneOf("Thank you, your answer has arrived", "谢谢，我们已收到您的回复");
        text.Should().ContainAny("You have answered already", "您已经回复过了");
        (await house.Postgres.ScalarAsync<string>("select answers->>'goals' from form_answer where id = $1", link)).Should().Be("Brighter rooms for sixty people.");
        (await house.Postgres.ScalarAsync<long>("select count(*) from task t join link l on l.instance_id = t.instance_id where l.id = $1", link)).Should().BePositive("the instance has moved on");
    }

    [Fact]
    public async Task Form_WithAnAnswerMissing_KeepsTheOthersAndSaysWhich()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        List<KeyValuePair<string, string>> fields =
            [new("__RequestVerificationToken", HouseFixture.TokenOf(html)), new("page", "project"), new("shown", "projectType"), new("shown", "siteKnown"), new("shown", "area"), new("q.area", "four hundred"), new("go", "next")];

        using HttpResponseMessage answer = await PostAsync(browser, form, fields);
        IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.QuerySelectorAll(".has-fault").Select(question => question.Id).Should().Contain(["question-projectType", "question-area"]);
        page.QuerySelector("input[name='q.area']")!.GetAttribute("value").Should().Be("four hundred");
        page.QuerySelector("input[name='q.area']")!.GetAttribute("aria-invalid").Should().Be("true");
    }

    [Fact]
    public async Task Answers_FiftyAtOnce_HaveOneEffect()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        List<KeyValuePair<string, string>> fields = [.. HouseFixture.Brief(html).Where(field => field.Key != "page"), new("page", "frame")];
        using HttpResponseMessage last = await PostAsync(browser, form, [.. fields, new("go", "look")]);
        IDocument page = await HouseFixture.ParseAsync(await last.Content.ReadAsStringAsync());
        fields.AddRange(page.QuerySelectorAll("input[name=shown]").Select(shown => new KeyValuePair<string, string>("shown", shown.GetAttribute("value")!)));
        fields.Add(new("go", "send"));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(browser, form, fields)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Found).Should().Be(1);
        answers.Where(answer => answer.StatusCode != HttpStatusCode.Found).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id = $1", link)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from task t join link l on l.instance_id = t.instance_id where l.id = $1", link)).Should().Be(1);
    }

    [Fact]
    public async Task Post_WithoutThePagesToken_IsRefused()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        using HttpResponseMessage answer = await PostAsync(browser, form, [.. HouseFixture.Brief(html).Where(field => field.Key != "__RequestVerificationToken"), new("go", "send")]);

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    [Fact]
    public async Task Declining_WithAReason_EndsTheLinkAndTellsTheFlow()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, _) = await house.OpenLinkAsync(address);
        string html = await browser.GetStringAsync(form + "/decline");

        using HttpResponseMessage answer = await PostAsync(
            browser, form + "/decline", [new("__RequestVerificationToken", HouseFixture.TokenOf(html)), new("reason", "We have found somebody else.")]);

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        (await house.Postgres.ScalarAsync<string>("select outcome from link where id = $1", link)).Should().Be("Declined");
        (await browser.GetStringAsync(form)).Should().ContainAny("You get no more reminders", "您不会再收到相关提醒");
    }

    [Fact]
    public async Task Stranger_LearnsNothing()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient other, string otherForm, _) = await house.OpenLinkAsync((await house.NextLinkAsync()).Address);
        string forged = address[..^4] + (address.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        string[] pages = await Task.WhenAll(
            TextAsync(house.Anonymous(), forged),
            TextAsync(house.Anonymous(), "/c/k1.abc"),
            TextAsync(house.Anonymous(), $"/c/form/{link}"),
            TextAsync(house.Anonymous(), "/c/form/018f0000-0000-7000-8000-000000000000"),
            TextAsync(other, $"/c/form/{link}"));

        pages.Distinct().Should().ContainSingle("made up, unknown and another's look the same");
        pages[0].Should().Contain("This address opens nothing");
        (await other.GetAsync(otherForm)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cookie_OfOneLink_ShowsAndAnswersNoOther()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (_, string form, string html) = await house.OpenLinkAsync(address);
        using HttpResponseMessage opened = await house.Anonymous().GetAsync((await house.NextLinkAsync()).Address);
        string cookie = opened.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("ef-link=", StringComparison.Ordinal)).Split(';')[0];
        using HttpRequestMessage look = new(HttpMethod.Get, form) { Headers = { { "Cookie", cookie } } };
        using FormUrlEncodedContent fields = new([.. HouseFixture.Brief(html), new("go", "send")]);
        HttpClient thief = house.Anonymous();
        using HttpRequestMessage answer = HouseFixture.SameOrigin(new(HttpMethod.Post, form) { Content = fields, Headers = { { "Cookie", cookie } } }, thief);

        using HttpResponseMessage seen = await thief.SendAsync(look);
        using HttpResponseMessage answered = await thief.SendAsync(answer);

        seen.StatusCode.Should().Be(HttpStatusCode.NotFound);
        ((int)answered.StatusCode).Should().BeInRange(400, 499);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link)).Should().Be("open");
    }

    [Theory]
    [InlineData("expires_at = issued_at - interval '23 hours'", "This link is no longer valid", "此链接已失效")]
    [InlineData("state = 'ended', closed_at = now()", "There is nothing left to answer here", "这里已无需回复")]
    [InlineData("state = 'revoked', closed_at = now()", "It was taken back", "已被撤回")]
    public async Task Link_ThatIsOver_SaysSoKindlyAndNamesNobody(string change, string english, string chinese)
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        await house.Postgres.ExecuteAsync($"update link set issued_at = issued_at - interval '1 day', {change} where id = $1", link);
        string client = (await house.Postgres.ScalarAsync<string>("select c.name from link l join engagement e on e.id = l.engagement_id join client c on c.id = e.client_id where l.id = $1", link))!;

        using HttpResponseMessage shown = await browser.GetAsync(form);
        using HttpResponseMessage posted = await PostAsync(browser, form, [.. HouseFixture.Brief(html), new("go", "send")]);
        string text = await shown.Content.ReadAsStringAsync();

        shown.StatusCode.Should().Be(HttpStatusCode.Gone);
        posted.StatusCode.Should().Be(HttpStatusCode.Gone);
        text.Should().ContainAny(english, chinese).And.NotContain(client);
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id = $1", link)).Should().Be(0);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, List<KeyValuePair<string, string>> fields)
    {
        using FormUrlEncodedContent content = new(fields);
        return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, address) { Content = content }, browser));
    }

    private static async Task<string> TextAsync(HttpClient browser, string address)
    {
        using HttpResponseMessage answer = await browser.GetAsync(address);
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        return await answer.Content.ReadAsStringAsync();
    }
}
