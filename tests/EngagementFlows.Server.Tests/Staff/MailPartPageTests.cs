using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Tests.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>What goes with a mail is seen, saved and sent.</summary>
public sealed class MailPartPageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private static readonly byte[] Page = "<script>alert(1)</script>"u8.ToArray();

    [Theory]
    [InlineData("en", "Invitation", "What", "Where", "Save for a calendar")]
    [InlineData("zh-CN", "会议邀请", "主题", "地点", "保存到日历")]
    public async Task Page_OfAMailWithParts_ShowsThem(string language, params string[] words)
    {
        Guid mail = await MailAsync();

        IDocument page = await house.ReadAsync($"/mailbox/{mail}", language);

        page.Body!.TextContent.Should().ContainAll(words).And.Contain("方案 <b>.html").And.Contain("25 B").And.Contain("Talk about <i>the plan</i>, edition 3").And.Contain("三楼");
        page.QuerySelectorAll("main i, dd b").Should().BeEmpty("what somebody wrote is text");
        page.QuerySelector("time[datetime='2026-03-03T02:00:00Z']").Should().NotBeNull();
        page.QuerySelectorAll("a[download]").Select(link => link.GetAttribute("href")).Should().BeEquivalentTo($"/mailbox/{mail}/files/1", $"/mailbox/{mail}/invite.ics");
    }

    [Fact]
    public async Task Files_AreSavedAndNeverShown()
    {
        Guid mail = await MailAsync();

        foreach (HttpResponseMessage answer in new[] { await house.Staff.GetAsync($"/mailbox/{mail}/files/1"), await house.Program(StaffRoles.Auditor).GetAsync($"/api/mails/{mail}/attachments/1") })
        {
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
            answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
            answer.Content.Headers.ContentDisposition.FileNameStar.Should().Be("方案 _b_.html");
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Page);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Calendar_IsSavedAsItIsSent()
    {
        Guid mail = await MailAsync();

        string saved = await house.Staff.GetStringAsync($"/mailbox/{mail}/invite.ics");

        saved.Should().Be(CalendarLines.Fold(Calendar));
    }

    [Theory]
    [InlineData("/mailbox/{0}/files/2")]
    [InlineData("/mailbox/00000000-0000-0000-0000-000000000000/files/1")]
    [InlineData("/mailbox/00000000-0000-0000-0000-000000000000/invite.ics")]
    [InlineData("/api/mails/{0}/attachments/2")]
    public async Task WhatIsNotThere_IsNotFound(string path)
    {
        Guid mail = await MailAsync();

        using HttpResponseMessage answer = await house.Staff.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, mail));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Api_NamesTheParts()
    {
        Guid mail = await MailAsync();

        JsonElement detail = JsonDocument.Parse(await house.Program(StaffRoles.Auditor).GetStringAsync($"/api/mails/{mail}")).RootElement;

        detail.GetProperty("attachments")[0].GetProperty("fileName").GetString().Should().Be("方案 <b>.html");
        detail.GetProperty("attachments")[0].GetProperty("size").GetInt32().Should().Be(Page.Length);
        detail.GetProperty("calendar").GetProperty("method").GetString().Should().Be("REQUEST");
        detail.GetProperty("listUnsubscribe").GetString().Should().Be("mailto:office@linden.example?subject=unsubscribe");
    }

    [Fact]
    public async Task Folder_GetsTheMailWithItsParts()
    {
        Guid mail = await MailAsync();
        await house.Postgres.ExecuteAsync("update outbox set state = 'rejected', answer = 'test' where id = $1", mail);

        (await ServerFixture.PostFormAsync(house.Staff, "/mailbox/" + mail, $"/mailbox/{mail}/settle", new() { ["decision"] = "again", ["attempt"] = "1", ["reason"] = "With its parts." })).Dispose();

        await Eventually.TrueAsync(async () => (await house.Postgres.ScalarAsync<string>("select answer from outbox where id = $1 and state = 'accepted'", mail))?.StartsWith("written to ", StringComparison.Ordinal) == true);
        string path = (await house.Postgres.ScalarAsync<string>("select answer from outbox where id = $1", mail))!["written to ".Length..];
        JsonElement read = MimeReading.Read([await File.ReadAllBytesAsync(path)])[0];
        read.GetProperty("attachments").EnumerateArray().Select(file => (file.Text("mimeType"), file.Text("content"))).Last().Should().Be(("application/octet-stream", Convert.ToBase64String(Page)));
        read.GetProperty("attachments").EnumerateArray().Where(file => file.Text("mimeType") == "text/calendar").Should().HaveCount(2).And.OnlyContain(file => file.Text("method") == "REQUEST");
        read.Header("list-unsubscribe").Should().Be("<mailto:office@linden.example?subject=unsubscribe>");
    }

    private const string Calendar =
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@linden.example\nSUMMARY:Talk about <i>the plan</i>\\, edition 3\nDTSTART;TZID=Asia/Shanghai:20260303T100000\nLOCATION:三楼\nEND:VEVENT\nEND:VCALENDAR\n";

    /// <summary>Takes a mail that has gone out and gives it parts; each call takes another one.</summary>
    private async Task<Guid> MailAsync()
    {
        Guid mail = Guid.Empty;
        await Eventually.TrueAsync(async () => (mail = await house.Postgres.ScalarAsync<Guid>(
            "select coalesce((select o.id from outbox o join mail m on m.id = o.id where o.state = 'accepted' and m.calendar is null order by o.id limit 1), '00000000-0000-0000-0000-000000000000')")) != Guid.Empty);
        await house.Postgres.ExecuteAsync("update outbox set attempt = 1 where id = $1", mail);
        await house.Postgres.ExecuteAsync("update mail set calendar_method = 'REQUEST', calendar = $2, list_unsubscribe = 'mailto:office@linden.example?subject=unsubscribe' where id = $1", mail, Calendar);
        await house.Postgres.ExecuteAsync("insert into mail_file (content) values ($1) on conflict do nothing", Page);
        await house.Postgres.ExecuteAsync(
            "insert into mail_attachment (mail_id, position, file_name, content_type, file_hash) values ($1, 1, '方案 <b>.html', 'application/octet-stream', sha256($2))", mail, Page);
        return mail;
    }
}
