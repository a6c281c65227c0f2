using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>A person decides about mails that nobody knows about, or that were refused: once, with a reason, and only who may.</summary>
public sealed class MailActTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Theory]
    [InlineData("uncertain", "arrived", "accepted")]
    [InlineData("uncertain", "let-be", "rejected")]
    public async Task Settle_UncertainMail_EndsItAndIsAudited(string state, string decision, string ends)
    {
        Guid mail = await MailAsync(state);

        using HttpResponseMessage answer = await SettleAsync(house.Staff, mail, decision, "I rang the client.");

        answer.Headers.Location!.OriginalString.Should().Be($"/mailbox/{mail}");
        (await StateAsync(mail)).Should().Be(ends);
        (await AuditedAsync(mail)).Should().Be(1);
    }

    [Theory]
    [InlineData("uncertain")]
    [InlineData("rejected")]
    public async Task SendAgain_BringsItOnItsWay(string state)
    {
        Guid mail = await MailAsync(state);

        (await SettleAsync(house.Staff, mail, "again", "The address was wrong at their side.")).Dispose();

        await Eventually.BecomesAsync(() => StateAsync(mail), "accepted");
        (await house.Postgres.ScalarAsync<string>("select answer from outbox where id = $1", mail)).Should().StartWith("written to");
        (await AuditedAsync(mail)).Should().Be(1);
    }

    [Fact]
    public async Task Settle_TwoPeopleAtOnce_OneDecides()
    {
        Guid mail = await MailAsync("uncertain");
        (HttpClient other, _) = await house.SignInAsync(StaffRoles.Operator);

        HttpResponseMessage[] answers = await Task.WhenAll(SettleAsync(house.Staff, mail, "arrived", "One."), SettleAsync(other, mail, "let-be", "Other."));

        (await AuditedAsync(mail)).Should().Be(1);
        string[] pages = [await house.Staff.GetStringAsync($"/mailbox/{mail}"), await other.GetStringAsync($"/mailbox/{mail}")];
        pages.Count(page => page.Contains("Nothing was changed: meanwhile somebody has decided", StringComparison.Ordinal)).Should().Be(1);
        foreach (HttpResponseMessage answer in answers)
            answer.Dispose();
    }

    [Theory]
    [InlineData("accepted", "again")]
    [InlineData("rejected", "arrived")]
    [InlineData("uncertain", "burn")]
    public async Task Settle_WhatNobodyMayDecide_ChangesNothing(string state, string decision)
    {
        Guid mail = await MailAsync("uncertain");
        using HttpResponseMessage form = await house.Staff.GetAsync($"/mailbox/{mail}");
        string token = HouseFixture.TokenOf(await form.Content.ReadAsStringAsync());
        await SetAsync(mail, state);

        using FormUrlEncodedContent content = new(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["decision"] = decision, ["attempt"] = "1", ["reason"] = "I want to." });
        using HttpResponseMessage answer = await house.Staff.PostAsync($"/mailbox/{mail}/settle", content);

        (await StateAsync(mail)).Should().Be(state);
        (await AuditedAsync(mail)).Should().Be(0);
    }

    [Fact]
    public async Task Settle_AttemptThatIsOver_ChangesNothing()
    {
        Guid mail = await MailAsync("uncertain");
        await house.Postgres.ExecuteAsync("update outbox set attempt = 2 where id = $1", mail);

        (await SettleAsync(house.Staff, mail, "arrived", "I saw the first.", attempt: 1)).Dispose();

        (await StateAsync(mail)).Should().Be("uncertain");
    }

    [Fact]
    public async Task Settle_WithoutAReason_ChangesNothingAndSaysWhy()
    {
        Guid mail = await MailAsync("uncertain");

        (await SettleAsync(house.Staff, mail, "arrived", " ")).Dispose();

        (await house.Staff.GetStringAsync($"/mailbox/{mail}")).Should().Contain("say why, so that the audit is complete");
        (await StateAsync(mail)).Should().Be("uncertain");
    }

    [Fact]
    public async Task Settle_WithoutTheFormsToken_IsRefused()
    {
        Guid mail = await MailAsync("uncertain");
        using FormUrlEncodedContent content = new(new Dictionary<string, string> { ["decision"] = "arrived", ["attempt"] = "1", ["reason"] = "Forged." });

        using HttpResponseMessage answer = await house.Staff.PostAsync($"/mailbox/{mail}/settle", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await StateAsync(mail)).Should().Be("uncertain");
    }

    [Theory]
    [InlineData(StaffRoles.Auditor)]
    [InlineData(StaffRoles.Architect)]
    public async Task Settle_ByARoleThatMayNot_IsForbiddenAndNotOffered(string role)
    {
        Guid mail = await MailAsync("uncertain");
        (HttpClient person, _) = await house.SignInAsync(role);

        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync($"/mailbox/{mail}"));
        using HttpResponseMessage answer = await SettleAsync(person, mail, "arrived", "I want to.");

        page.QuerySelectorAll("form[action$='/settle']").Should().BeEmpty();
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await StateAsync(mail)).Should().Be("uncertain");
    }

    [Theory]
    [InlineData("en", "It arrived", "Send it again", "Do not send it any more")]
    [InlineData("zh-CN", "对方已收到", "重新发送", "不再发送")]
    public async Task Page_OfAnUncertainMail_OffersTheWays(string language, params string[] ways)
    {
        Guid mail = await MailAsync("uncertain");

        IDocument page = await house.ReadAsync($"/mailbox/{mail}", language);

        page.QuerySelectorAll("form[action$='/settle'] button").Select(button => button.TextContent).Should().Equal(ways);
    }

    [Fact]
    public async Task Page_OfAMailThatArrived_OffersNothing()
    {
        Guid mail = await MailAsync("accepted");

        (await house.ReadAsync($"/mailbox/{mail}")).QuerySelectorAll("form[action$='/settle']").Should().BeEmpty();
    }

    [Fact]
    public async Task Home_ShowsAnUncertainMailToWhoMayDecide_UntilHeDecided()
    {
        await house.Postgres.ExecuteAsync("update outbox set state = 'accepted' where state = 'uncertain' and kind = 'mail'");
        Guid mail = await MailAsync("uncertain");
        (HttpClient auditor, _) = await house.SignInAsync(StaffRoles.Auditor);

        IDocument before = await house.ReadAsync("/");
        IDocument others = await HouseFixture.ParseAsync(await auditor.GetStringAsync("/"));
        (await SettleAsync(house.Staff, mail, "let-be", "He has been told.")).Dispose();
        IDocument after = await house.ReadAsync("/");

        before.QuerySelectorAll($".desk-list a[href='/mailbox/{mail}']").Should().ContainSingle().Which.TextContent.Should().Contain("Uncertain: perhaps sent");
        Figure(before, "state=uncertain").Should().BeGreaterThan(0);
        Figure(others, "state=uncertain").Should().BeGreaterThan(0);
        others.QuerySelectorAll(".desk-list a[href^='/mailbox/']").Should().BeEmpty("he cannot decide");
        after.QuerySelectorAll($"a[href='/mailbox/{mail}']").Should().BeEmpty();
        Figure(after, "state=rejected").Should().Be(Figure(before, "state=rejected"), "a person decided, so nothing was refused");
        (await house.ReadAsync($"/mailbox/{mail}")).Body!.TextContent.Should().Contain("Not sent: somebody decided so").And.NotContain("Refused by the mail server");
    }

    [Fact]
    public async Task TryServer_NoneConfigured_IsNotOffered() =>
        (await house.ReadAsync("/mailbox")).QuerySelectorAll("form[action$='/try']").Should().BeEmpty();

    private static int Figure(IDocument home, string state) => int.Parse(
        home.QuerySelectorAll(".wrongs li").Single(row => row.QuerySelector("a")!.GetAttribute("href")!.Contains(state, StringComparison.Ordinal)).QuerySelector("b")!.TextContent,
        System.Globalization.CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> SettleAsync(HttpClient person, Guid mail, string decision, string reason, int attempt = 1) => ServerFixture.PostFormAsync(
        person, "/mailbox/" + mail, $"/mailbox/{mail}/settle", new() { ["decision"] = decision, ["attempt"] = $"{attempt}", ["reason"] = reason });

    /// <summary>Takes a mail that has gone out and makes it what the test needs; each call takes another one.</summary>
    private async Task<Guid> MailAsync(string state)
    {
        Guid mail = Guid.Empty;
        await Eventually.TrueAsync(async () => (mail = await house.Postgres.ScalarAsync<Guid>(
            "select coalesce((select o.id from outbox o where o.kind = 'mail' and o.state = 'accepted' and o.answer like 'written to%' and not exists (select 1 from audit a where a.subject = 'mail/' || o.id) order by o.id limit 1), '00000000-0000-0000-0000-000000000000')")) != Guid.Empty);
        await house.Postgres.ExecuteAsync("update outbox set attempt = 1, answer = 'test' where id = $1", mail);
        await SetAsync(mail, state);
        return mail;
    }

    private Task<int> SetAsync(Guid mail, string state) => house.Postgres.ExecuteAsync("update outbox set state = $2 where id = $1", mail, state);

    private Task<string?> StateAsync(Guid mail) => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail);

    private Task<long> AuditedAsync(Guid mail) =>
        house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'MailSettled' and subject = $1 and detail->>'reason' <> ''", $"mail/{mail}");
}
