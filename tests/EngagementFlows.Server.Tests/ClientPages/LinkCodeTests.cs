using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EngagementFlows.Server.Tests.ClientPages;

/// <summary>A link that asks for a code from the contact's mailbox before an answer counts.</summary>
public sealed class LinkCodeTests(LinkCodeTests.CodeHouseFixture house) : IClassFixture<LinkCodeTests.CodeHouseFixture>
{
    [Fact]
    public async Task Answer_CountsOnlyWithTheCodeFromTheMailbox()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        IDocument step = await FilledAsync(browser, form, html);
        IDocument sent = await PressAsync(browser, form, step, "code");
        string code = await NewestCodeAsync(link);
        (Guid mail, string recipient) = await MailOfAsync(link);
        using HttpResponseMessage answered = await SendAsync(browser, form, sent, "confirm", code[..3] + " " + code[3..]);

        step.QuerySelector("input[name=code]").Should().BeNull("no code was sent yet");
        step.QuerySelector("button.primary")!.GetAttribute("value").Should().Be("code");
        (await StateAsync(link)).Should().Be("consumed");
        answered.StatusCode.Should().Be(HttpStatusCode.Found);
        recipient.Should().Be(await house.Postgres.ScalarAsync<string>("select k.email from contact k join link l on l.contact_id = k.id where l.id = $1", link), "it goes to the mailbox on record");
        (await EmlAsync(mail)).Should().Contain(code, "the mail that leaves holds it");
        (await house.Postgres.ScalarAsync<bool>("select m.html || m.text like '%' || $2 || '%' from mail m where id = $1", mail, code)).Should().BeFalse("the stored one does not");
        (await house.Postgres.ScalarAsync<string>("select answers->>'goals' from form_answer where id = $1", link)).Should().Be("Brighter rooms for sixty people.");
        (await house.Postgres.ScalarAsync<long>("select count(*) from link_code where link_id = $1 and used_at is not null", link)).Should().Be(1);
        (await house.Postgres.ScalarAsync<string>(
            "select t.text_en from timeline_entry t join link l on l.instance_id = t.instance_id where l.id = $1 and t.kind = 'answer'", link)).Should().Contain("confirmed by a code");
        (await house.ReadAsync($"/links/{link}")).QuerySelector("main")!.TextContent.Should().Contain("Confirmed ");
    }

    [Fact]
    public async Task ForwardedMailsReader_WithoutTheMailbox_ChangesNothing()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        IDocument step = await FilledAsync(browser, form, html);

        // By hand, as if the page had offered it.
        using HttpResponseMessage withoutCode = await SendAsync(browser, form, step, "confirm", "");
        using HttpResponseMessage noneSent = await SendAsync(browser, form, step, "confirm", "123456");
        using HttpResponseMessage declined = await DeclineAsync(browser, form, "confirm", "123456");
        using HttpResponseMessage otherMailbox = await SendAsync(browser, form, step, "code", "", new("email", "thief@example.com"), new("q.email", "thief@example.com"));

        withoutCode.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        noneSent.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        declined.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        otherMailbox.StatusCode.Should().Be(HttpStatusCode.OK, "the code goes to the contact, whatever is typed in");
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where recipient like 'thief%'")).Should().Be(0);
        (await StateAsync(link)).Should().Be("open");
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id = $1", link)).Should().Be(0);
    }

    [Fact]
    public async Task Page_ShowsTheMailboxSoThatOnlyItsOwnerKnowsIt_InTheContactsLanguage()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        await house.Postgres.ExecuteAsync("update contact set language = 'zh-CN', email = 'wang.fang@huayu.example' where id = (select contact_id from link where id = $1)", link);
        await house.Postgres.ExecuteAsync("update link set sent_to = 'wang.fang@huayu.example' where id = $1", link);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);

        IDocument step = await FilledAsync(browser, form, html);
        IDocument sent = await PressAsync(browser, form, step, "code");

        step.Body!.TextContent.Should().Contain("w•••@huayu.example").And.Contain("验证码").And.NotContain("wang.fang");
        sent.QuerySelector("input[name=code]")!.GetAttribute("autocomplete").Should().Be("one-time-code");
        (await house.Postgres.ScalarAsync<string>("select m.language || m.recipient from mail m join link_code c on c.id = m.link_code_id where c.link_id = $1", link)).Should().Be("zh-CNwang.fang@huayu.example");
    }

    [Fact]
    public async Task Code_TypedWronglyFiveTimes_IsDead_AlsoForTheRightOne()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        string code = await NewestCodeAsync(link);
        string wrong = Other(code);

        List<HttpStatusCode> answers = [];
        for (int attempt = 0; attempt < 5; attempt++)
        {
            using HttpResponseMessage answer = await SendAsync(browser, form, sent, "confirm", wrong);
            answers.Add(answer.StatusCode);
        }

        using HttpResponseMessage late = await SendAsync(browser, form, sent, "confirm", code);

        answers.Should().OnlyContain(status => status == HttpStatusCode.UnprocessableEntity);
        late.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await late.Content.ReadAsStringAsync()).Should().ContainAny("No code can be used any more", "验证码已不能使用");
        (await StateAsync(link)).Should().Be("open");
    }

    [Fact]
    public async Task Code_GuessedFiftyTimesAtOnceByTwoProcesses_IsComparedFiveTimes()
    {
        (Guid link, _, _, _) = await AskedForCodeAsync();
        string wrong = Other(await NewestCodeAsync(link));
        LinkCodes codes = house.Services.GetRequiredService<LinkCodes>();
        await using NpgsqlDataSource one = NpgsqlDataSource.Create(house.Postgres.ConnectionString);
        await using NpgsqlDataSource other = NpgsqlDataSource.Create(house.Postgres.ConnectionString);
        PrepareLinkAnswer[] processes = [new(one, codes), new(other, codes)];

        PreparedLinkAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            processes[number % 2].ExecuteAsync(new(link, LinkDecision.Declined, null, null, wrong), TimeProvider.System.GetUtcNow(), CancellationToken.None)));
        PreparedLinkAnswer right = await processes[0].ExecuteAsync(new(link, LinkDecision.Declined, null, null, await NewestCodeAsync(link)), TimeProvider.System.GetUtcNow(), CancellationToken.None);

        answers.Count(answer => answer.Code == CodeVerdict.Wrong).Should().Be(4, "the fifth is the last");
        answers.Count(answer => answer.Code == CodeVerdict.Dead).Should().Be(46);
        answers.Should().OnlyContain(answer => answer.Stimulus == null);
        right.Code.Should().Be(CodeVerdict.Dead);
        (await house.Postgres.ScalarAsync<short>("select tries from link_code where link_id = $1", link)).Should().Be(5);
    }

    [Fact]
    public async Task RightCode_PostedTwentyTimesAtOnce_HasOneEffect()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        string code = await NewestCodeAsync(link);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(browser, form, sent, "confirm", code)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Found).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from form_answer where id = $1", link)).Should().Be(1);
        (await house.Postgres.ScalarAsync<long>("select count(*) from link_code where link_id = $1 and used_at is not null", link)).Should().Be(1);
    }

    [Fact]
    public async Task NewCode_VoidsTheOldOne_AndTheSecondPressSendsNoSecondMail()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        string old = await NewestCodeAsync(link);
        await PressAsync(browser, form, sent, "code");
        (await CodesAsync(link)).Should().Be(1, "pressed twice, sent once");
        await AgeAsync(link, "1 minute");

        await PressAsync(browser, form, sent, "code");
        string fresh = await NewestCodeAsync(link);
        using HttpResponseMessage byOld = await SendAsync(browser, form, sent, "confirm", old == fresh ? Other(old) : old);
        using HttpResponseMessage byNew = await SendAsync(browser, form, sent, "confirm", fresh);

        byOld.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        byNew.StatusCode.Should().Be(HttpStatusCode.Found);
        (await CodesAsync(link)).Should().Be(2);
    }

    [Fact]
    public async Task Code_AfterTenMinutes_IsDead()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        string code = await NewestCodeAsync(link);
        await AgeAsync(link, "10 minutes");

        using HttpResponseMessage late = await SendAsync(browser, form, sent, "confirm", code);

        late.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await StateAsync(link)).Should().Be("open");
    }

    [Fact]
    public async Task Code_OfAnotherLink_ConfirmsNothing()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        (Guid other, _, _, _) = await AskedForCodeAsync();
        string foreign = await NewestCodeAsync(other);
        if (foreign == await NewestCodeAsync(link))
            return;

        using HttpResponseMessage answer = await SendAsync(browser, form, sent, "confirm", foreign);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await StateAsync(link)).Should().Be("open");
        (await StateAsync(other)).Should().Be("open");
    }

    [Fact]
    public async Task Codes_WantedFiftyTimesAtOnce_AreFiveInAnHourAndTwentyInAll()
    {
        (Guid link, _) = await house.NextLinkAsync();
        SendLinkCode send = house.Services.GetRequiredService<SendLinkCode>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        CodeOutcome[] first = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => send.ExecuteAsync(link, now, CancellationToken.None)));
        long atOnce = await CodesAsync(link);
        List<CodeOutcome> inAnHour = [];
        for (int minute = 1; minute < 8; minute++)
            inAnHour.Add(await send.ExecuteAsync(link, now.AddMinutes(minute), CancellationToken.None));
        for (int hour = 2; hour < 30; hour++)
            await send.ExecuteAsync(link, now.AddHours(hour), CancellationToken.None);

        first.Should().OnlyContain(outcome => outcome == CodeOutcome.Sent);
        atOnce.Should().Be(1, "whoever presses fifty times gets one mail");
        inAnHour.Count(outcome => outcome == CodeOutcome.Sent).Should().Be(4);
        inAnHour.Count(outcome => outcome == CodeOutcome.TooMany).Should().Be(3);
        (await CodesAsync(link)).Should().Be(20);
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail m join link_code c on c.id = m.link_code_id where c.link_id = $1", link)).Should().Be(20);
    }

    [Fact]
    public async Task Declining_TakesTheCodeToo()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, _) = await house.OpenLinkAsync(address);

        using HttpResponseMessage wanted = await DeclineAsync(browser, form, "code", "");
        IDocument page = await HouseFixture.ParseAsync(await wanted.Content.ReadAsStringAsync());
        using HttpResponseMessage declined = await DeclineAsync(browser, form, "confirm", await NewestCodeAsync(link));

        page.QuerySelector("input[name=reason]")!.GetAttribute("value").Should().Be("No longer needed.");
        declined.StatusCode.Should().Be(HttpStatusCode.Found);
        (await house.Postgres.ScalarAsync<string>("select outcome from link where id = $1", link)).Should().Be("Declined");
    }

    [Fact]
    public async Task Back_KeepsWhatWasFilledIn_AndAPostWithoutThePagesTokenSendsNoCode()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        IDocument step = await FilledAsync(browser, form, html);

        IDocument back = await PressAsync(browser, form, step, "look");
        using FormUrlEncodedContent bare = new([.. Fields(step).Where(field => field.Key != "__RequestVerificationToken"), new("go", "code")]);
        using HttpResponseMessage forged = await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, form) { Content = bare }, browser));

        back.QuerySelectorAll("input[type=hidden][name='q.goals'], textarea[name='q.goals']").Should().ContainSingle();
        forged.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await CodesAsync(link)).Should().Be(0);
    }

    [Fact]
    public async Task LinkSentAnew_AsksForTheCodeToo_AndTheOldLinksCodesAreDead()
    {
        (Guid link, HttpClient browser, string form, IDocument sent) = await AskedForCodeAsync();
        string code = await NewestCodeAsync(link);

        using HttpResponseMessage anew = await ServerFixture.PostFormAsync(house.Staff, $"/links/{link}", $"/links/{link}/send-anew", []);
        using HttpResponseMessage byOld = await SendAsync(browser, form, sent, "confirm", code);
        using HttpResponseMessage wanted = await SendAsync(browser, form, sent, "code", "");

        byOld.StatusCode.Should().Be(HttpStatusCode.Gone);
        wanted.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await house.Postgres.ScalarAsync<bool>("select confirm_by_code from link where replaces = $1", link)).Should().BeTrue();
    }

    [Fact]
    public async Task Mailbox_UnderTransportFolder_ShowsTheCode()
    {
        (Guid link, _, _, _) = await AskedForCodeAsync();
        (Guid mail, _) = await MailOfAsync(link);

        IDocument page = await house.ReadAsync($"/mailbox/{mail}");

        page.QuerySelector("pre.mail-text")!.TextContent.Should().Contain(await NewestCodeAsync(link));
        page.Body!.TextContent.Should().Contain("you see the code");
    }

    private async Task<(Guid Link, HttpClient Browser, string Form, IDocument Sent)> AskedForCodeAsync()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        return (link, browser, form, await PressAsync(browser, form, await FilledAsync(browser, form, html), "code"));
    }

    private static async Task<IDocument> FilledAsync(HttpClient browser, string form, string html)
    {
        for (int press = 0; press < 10; press++)
        {
            IDocument page = await HouseFixture.ParseAsync(html);
            if (page.QuerySelector("button[value=code]") is not null)
                return page;
            List<KeyValuePair<string, string>> fields = [.. HouseFixture.Brief(html).Where(field => field.Key != "page")];
            fields.Add(new("page", page.QuerySelector("input[name=page]")!.GetAttribute("value")!));
            fields.AddRange(page.QuerySelectorAll("input[name=shown]").Select(shown => new KeyValuePair<string, string>("shown", shown.GetAttribute("value")!)));
            fields.Add(new("go", page.QuerySelector("button.primary")!.GetAttribute("value")!));
            using FormUrlEncodedContent content = new(fields);
            using HttpResponseMessage answer = await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, form) { Content = content }, browser));
            html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.OK, html);
        }

        throw new InvalidOperationException("The form never came to its end.");
    }

    private static List<KeyValuePair<string, string>> Fields(IDocument page) =>
        [.. page.QuerySelectorAll("form input[type=hidden]").Select(field => new KeyValuePair<string, string>(field.GetAttribute("name")!, field.GetAttribute("value")!))];

    private static async Task<IDocument> PressAsync(HttpClient browser, string form, IDocument page, string button)
    {
        using HttpResponseMessage answer = await SendAsync(browser, form, page, button, "");
        return await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string form, IDocument page, string button, string code, params KeyValuePair<string, string>[] more)
    {
        using FormUrlEncodedContent content = new([.. Fields(page), new("go", button), new("code", code), .. more]);
        return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, form) { Content = content }, browser));
    }

    private static async Task<HttpResponseMessage> DeclineAsync(HttpClient browser, string form, string button, string code)
    {
        string html = await browser.GetStringAsync(form + "/decline");
        using FormUrlEncodedContent content = new([new("__RequestVerificationToken", HouseFixture.TokenOf(html)), new("reason", "No longer needed."), new("go", button), new("code", code)]);
        return await browser.SendAsync(HouseFixture.SameOrigin(new(HttpMethod.Post, form + "/decline") { Content = content }, browser));
    }

    private async Task<string> NewestCodeAsync(Guid link)
    {
        Guid id = await house.Postgres.ScalarAsync<Guid>("select id from link_code where link_id = $1 order by made_at desc limit 1", link);
        string key = (await house.Postgres.ScalarAsync<string>("select key_id from link_code where id = $1", id))!;
        return house.Services.GetRequiredService<LinkCodes>().TextOf(new(id, key))!;
    }

    private async Task<(Guid Mail, string Recipient)> MailOfAsync(Guid link)
    {
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select m.id from mail m join link_code c on c.id = m.link_code_id where c.link_id = $1", link);
        return (mail, (await house.Postgres.ScalarAsync<string>("select recipient from mail where id = $1", mail))!);
    }

    private async Task<string> EmlAsync(Guid mail)
    {
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");
        string text = await File.ReadAllTextAsync(Directory.EnumerateFiles(house.Folder, $"{mail:D}.eml", SearchOption.AllDirectories).Single());
        // Whole or in base64: a Chinese letter is written so.
        string[] parts = text.ReplaceLineEndings("\n").Split("\n\n");
        return text + string.Concat(parts.Select(part => Decode(part)));
    }

    private static string Decode(string part)
    {
        string joined = part.Split("\n--")[0].Replace("\n", "", StringComparison.Ordinal);
        byte[] bytes = new byte[joined.Length];
        return Convert.TryFromBase64String(joined, bytes, out int written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }

    private async Task<string?> StateAsync(Guid link) => await house.Postgres.ScalarAsync<string>("select state from link where id = $1", link);

    private async Task<long> CodesAsync(Guid link) => await house.Postgres.ScalarAsync<long>("select count(*) from link_code where link_id = $1", link);

    private Task<int> AgeAsync(Guid link, string by) =>
        house.Postgres.ExecuteAsync($"update link_code set made_at = made_at - interval '{by}', expires_at = expires_at - interval '{by}' where link_id = $1", link);

    private static string Other(string code) => code[..5] + (code[5] == '0' ? '1' : '0');

    /// <summary>The sample firm, whose intake asks for codes.</summary>
    public sealed class CodeHouseFixture : HouseFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
        };

        protected override void WriteFiles(string folder)
        {
            base.WriteFiles(folder);
            string path = Path.Combine(folder, "workflows", "client-intake", "client-intake.json");
            JsonNode flow = JsonNode.Parse(File.ReadAllText(path))!;
            int asks = AskForCodes(flow);
            asks.Should().BePositive();
            File.WriteAllText(path, flow.ToJsonString());
        }

        private static int AskForCodes(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray list:
                    return list.Sum(AskForCodes);
                case JsonObject thing:
                    int below = thing.ToList().Sum(member => AskForCodes(member.Value));
                    if (thing["type"]?.ToString() != "EngagementFlows.AskClient")
                        return below;
                    thing["confirmByCode"] = JsonNode.Parse("""{"typeName":"Boolean","expression":{"type":"Literal","value":true}}""");
                    return below + 1;
                default:
                    return 0;
            }
        }
    }
}
