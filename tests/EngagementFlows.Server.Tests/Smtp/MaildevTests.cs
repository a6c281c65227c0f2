using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using EngagementFlows.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Against npm <c>maildev</c>, which takes mails and shows how it read them.</summary>
public sealed class MaildevTests(MaildevHouseFixture house) : IClassFixture<MaildevHouseFixture>
{
    [Fact]
    public async Task MailOfAFlow_IsShownWithItsSubjectPartsAndIdentity()
    {
        string key = "";
        await Eventually.TrueAsync(async () =>
            (key = await house.Postgres.ScalarAsync<string>("select coalesce((select effect_key from outbox where kind = 'mail' and state = 'accepted' order by id limit 1), '')") ?? "") != "");
        Guid id = await house.Postgres.ScalarAsync<Guid>("select id from mail where effect_key = $1", key);
        MailDetail stored = (await house.Services.GetRequiredService<GetMail>().ExecuteAsync(id, default))!;
        OutgoingMail sent = (await house.Services.GetRequiredService<LoadOutgoingMail>().ExecuteAsync(id, default))!;

        JsonElement mail = await house.Peer.FindAsync("x-effect-key", key);

        mail.GetProperty("subject").GetString().Should().Be(stored.Line.Subject);
        mail.GetProperty("html").GetString().Should().Contain("<html").And.NotContain("link.invalid");
        mail.GetProperty("text").GetString().Should().NotBeNullOrWhiteSpace().And.NotContain("link.invalid");
        mail.GetProperty("headers").GetProperty("message-id").GetString().Should().Be(sent.MessageId);
        mail.GetProperty("headers").GetProperty("auto-submitted").GetString().Should().Be("auto-generated");
        mail.GetProperty("from")[0].GetProperty("address").GetString().Should().Be("flows@linden.example");
        mail.GetProperty("to")[0].GetProperty("address").GetString().Should().Be(stored.Line.Recipient);
        mail.GetProperty("envelope").GetProperty("to")[0].GetProperty("address").GetString().Should().Be(stored.Line.Recipient);
    }

    [Fact]
    public async Task SendTest_ByAnAdministrator_GoesThroughTheOutboxToHimselfAndTellsTheAnswer()
    {
        (HttpClient person, Guid id) = await house.SignInAsync(StaffRoles.Administrator);
        string address = (await house.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, "/mailbox", "/mailbox/test", []);

        string page = answer.Headers.Location!.OriginalString;
        Guid mail = Guid.Parse(page["/mailbox/".Length..]);
        (await house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail)).Should().Be("accepted");
        (await house.Postgres.ScalarAsync<string>("select recipient from mail where id = $1", mail)).Should().Be(address);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'TestMailSent' and subject = $1 and actor = $2", $"mail/{mail}", $"person:{id}")).Should().Be(1);
        JsonElement taken = await house.Peer.FindAsync("x-effect-key", $"test-mail:{mail:N}");
        taken.GetProperty("envelope").GetProperty("to")[0].GetProperty("address").GetString().Should().Be(address);
        taken.GetProperty("subject").GetString().Should().MatchRegex("^Test mail of|的测试邮件$");
        string shown = WebUtility.HtmlDecode(await person.GetStringAsync(page));
        shown.Should().Contain($"The mail server took the test mail to {address}. It said: 250");
    }

    [Fact]
    public async Task SendTest_ByAnOperator_IsForbiddenAndNotOffered()
    {
        (HttpClient person, _) = await house.SignInAsync(StaffRoles.Operator);

        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync("/mailbox"));
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, "/mailbox", "/mailbox/test", []);

        page.QuerySelectorAll("form[action$='/test']").Should().BeEmpty();
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SendTest_WithoutTheFormsToken_IsRefused()
    {
        using FormUrlEncodedContent content = new(new Dictionary<string, string>());

        using HttpResponseMessage answer = await house.Staff.PostAsync("/mailbox/test", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task MailThatIsNotTaken_IsCountedOnTheFirstPageWithItsReason()
    {
        // The house's first mails may be on their way still.
        await Eventually.BecomesAsync(
            () => house.Postgres.ExecuteAsync("""
                with one as (select id from outbox where kind = 'mail' and state = 'accepted' order by id desc limit 1)
                update outbox set state = 'pending', ended_at = null, due_at = now() + interval '1 hour', failing_since = now(), answer = 'Mail server x:25: nobody answers.'
                from one where outbox.id = one.id
                """),
            1);

        IDocument page = await house.ReadAsync("/");
        string list = (await house.ReadAsync("/mailbox?state=pending")).Body!.TextContent;

        page.QuerySelectorAll(".wrongs li").Single(row => row.TextContent.Contains("has not taken yet", StringComparison.Ordinal)).QuerySelector("b")!.TextContent.Should().Be("1");
        page.Body!.TextContent.Should().Contain("The last attempt: Mail server x:25: nobody answers.");
        list.Should().Contain("Not taken yet; tried again");
        await house.Postgres.ExecuteAsync("update outbox set state = 'accepted', ended_at = now(), failing_since = null where failing_since is not null");
    }

    [Fact]
    public async Task Attachments_AreShownWithNameTypeAndBytes()
    {
        byte[] plan = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        MimeMessage message = new()
        {
            From = Mailbox.Of("flows@linden.example", "林登 Linden"),
            To = [Mailbox.Of("wang@华宇.example", "王芳")],
            Subject = "方案 第三版 – plan, third edition",
            Text = "您好\n.\n",
            Html = "<p>您好</p>",
            EffectKey = "maildev-attachments",
            Date = DateTimeOffset.UnixEpoch,
            Attachments = [new("方案 第三版.pdf", "application/pdf", plan), new("notes.txt", "text/plain", "notes"u8.ToArray())],
        };
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(house.Peer.Port) with { UserName = MaildevPeer.User, Password = MaildevPeer.Password });

        SubmissionResult result = await submission.SubmitAsync(new SmtpMessage("flows@linden.example", "wang@华宇.example", MimeWriter.Write(message)));

        result.Should().BeOfType<SubmissionResult.Accepted>();
        JsonElement mail = await house.Peer.FindAsync("x-effect-key", "maildev-attachments");
        mail.GetProperty("subject").GetString().Should().Be(message.Subject);
        mail.GetProperty("from")[0].GetProperty("name").GetString().Should().Be("林登 Linden");
        JsonElement files = mail.GetProperty("attachments");
        files.EnumerateArray().Select(file => file.GetProperty("fileName").GetString()).Should().Equal("方案 第三版.pdf", "notes.txt");
        files.EnumerateArray().Select(file => file.GetProperty("contentType").GetString()).Should().Equal("application/pdf", "text/plain");
        (await house.Peer.FileAsync(mail, files[0])).Should().Equal(plan);
    }

    [Fact]
    public async Task PartsOfAMail_AreTakenByTheMailServer()
    {
        Guid mail = Guid.Empty;
        await Eventually.TrueAsync(async () => (mail = await house.Postgres.ScalarAsync<Guid>(
            "select coalesce((select id from outbox where kind = 'mail' and state = 'accepted' order by id limit 1), '00000000-0000-0000-0000-000000000000')")) != Guid.Empty);
        byte[] terms = [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * 3))];
        await house.Postgres.ExecuteAsync(
            "update mail set calendar_method = 'CANCEL', calendar = $2, list_unsubscribe = 'mailto:o@linden.example?subject=unsubscribe', effect_key = effect_key || '/parts' where id = $1",
            mail, "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:1@linden.example\nSUMMARY:方案\nEND:VEVENT\nEND:VCALENDAR\n");
        await house.Postgres.ExecuteAsync("insert into mail_file (content) values ($1)", terms);
        await house.Postgres.ExecuteAsync("insert into mail_attachment (mail_id, position, file_name, content_type, file_hash) values ($1, 1, '条款.pdf', 'application/pdf', sha256($2))", mail, terms);
        await house.Postgres.ExecuteAsync("update outbox set state = 'rejected', attempt = 1, effect_key = effect_key || '/parts' where id = $1", mail);

        (await ServerFixture.PostFormAsync(house.Staff, "/mailbox/" + mail, $"/mailbox/{mail}/settle", new() { ["decision"] = "again", ["attempt"] = "1", ["reason"] = "With parts." })).Dispose();

        JsonElement taken = await house.Peer.FindAsync("x-effect-key", (await house.Postgres.ScalarAsync<string>("select effect_key from mail where id = $1", mail))!);
        // It shows what is an alternative and a file only once.
        JsonElement[] files = [.. taken.GetProperty("attachments").EnumerateArray()];
        files.Select(file => file.GetProperty("contentType").GetString()).Should().Equal("text/calendar", "application/pdf");
        (await house.Peer.FileAsync(taken, files[1])).Should().Equal(terms);
        taken.GetProperty("headers").GetProperty("list-unsubscribe").ToString().Should().Contain("mailto:o@linden.example");
    }

    [Fact]
    public async Task Invitation_ReachesItsReaderAlone_AndItsLinkOpens()
    {
        (HttpClient administrator, _) = await house.SignInAsync(StaffRoles.Administrator);

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(administrator, "people/invite", "people/invite", new()
        {
            ["_handler"] = "invite",
            ["name"] = "Wang Lei",
            ["email"] = "wang.lei@newcomer.example",
            ["roles"] = StaffRoles.Architect,
            ["language"] = "en",
            ["zone"] = "Europe/Berlin",
        });

        string page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("wang.lei@newcomer.example").And.NotContain("/welcome/", "the mail server brings it to its reader");
        string key = (await house.Postgres.ScalarAsync<string>("select effect_key from mail where recipient = 'wang.lei@newcomer.example'"))!;
        JsonElement mail = await house.Peer.FindAsync("x-effect-key", key);
        string link = mail.GetProperty("text").GetString()!.Split('\n').Select(line => line.Trim()).Single(line => line.Contains("/welcome/", StringComparison.Ordinal));
        HttpClient invited = house.Anonymous();
        invited.DefaultRequestHeaders.Add("Origin", house.Address.GetLeftPart(UriPartial.Authority));
        (await invited.GetAsync(new Uri(link).AbsolutePath)).Dispose();
        using HttpResponseMessage set = await ServerFixture.PostFormAsync(
            invited, "set-password", "set-password", new() { ["password"] = ServerFixture.Password, ["repeated"] = ServerFixture.Password });
        set.Headers.Location!.OriginalString.Should().Be("/");
        mail.GetProperty("envelope").GetProperty("to").GetArrayLength().Should().Be(1);
    }
}
