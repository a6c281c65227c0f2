using System.Net;
using System.Text;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using EngagementFlows.Testing.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>The whole way: a flow's mail, the outbox, the connection, somebody else's mail server, the mailbox.</summary>
public sealed class SmtpTransportTests(SmtpHouseFixture house) : IClassFixture<SmtpHouseFixture>
{
    [Fact]
    public async Task MailOfAFlow_ArrivesAndTheServersAnswerIsKept()
    {
        SmtpPeerMessage message = await house.Peer.NextAsync();
        string content = Encoding.UTF8.GetString(message.Content);
        string key = Header(content, "X-Effect-Key");

        message.From.Should().Be("flows@linden.example");
        content.Should().NotContain("link.invalid", "links are filled in at sending");
        await Eventually.TrueAsync(async () =>
            await house.Postgres.ScalarAsync<string>("select state || ' ' || answer from outbox where effect_key = $1", key) == "accepted 250 taken");
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where effect_key = $1", key);
        IDocument page = await house.ReadAsync($"/mailbox/{mail}");
        page.QuerySelector(".page-line")!.TextContent.Should().Contain("Sent");
        page.QuerySelector("dl.facts")!.TextContent.Should().Contain("Mail server said").And.Contain("250 taken");
        page.Body!.InnerHtml.Should().NotContain("/l/", "whoever reads the mailbox must not be able to answer in the client's place");
    }

    [Fact]
    public async Task TryServer_ByAnAdministrator_TellsThatItIsReady()
    {
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(house.Staff, "/mailbox", "/mailbox/try", []);

        answer.Headers.Location!.OriginalString.Should().Be("/mailbox");
        (await house.Staff.GetStringAsync("/mailbox")).Should().Contain($"The mail server 127.0.0.1:{house.Peer.Port} is ready; nothing was sent.");
    }

    [Fact]
    public async Task TryServer_ByAnOperator_IsForbiddenAndNotOffered()
    {
        (HttpClient person, _) = await house.SignInAsync(StaffRoles.Operator);

        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync("/mailbox"));
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, "/mailbox", "/mailbox/try", []);

        page.QuerySelectorAll("form[action$='/try']").Should().BeEmpty();
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task TryServer_WithoutTheFormsToken_IsRefused()
    {
        using FormUrlEncodedContent content = new(new Dictionary<string, string>());

        using HttpResponseMessage answer = await house.Staff.PostAsync("/mailbox/try", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static string Header(string message, string name)
    {
        string unfolded = message[..message.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return unfolded.Split("\r\n").Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];
    }
}
