using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Tests.Mail;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Mail;

/// <summary>What goes with a mail beside its letter: from the flow through the database to the bytes on the wire, read back with another parser.</summary>
public sealed class MailPartsTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private static readonly byte[] Terms = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 >> 3))];

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-mails-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Parts_OfAFlowsMail_ReachTheWireAsTheyWere()
    {
        await PublishAsync(Parts("files/方案 terms.pdf", "files/page.html"), ("files/方案 terms.pdf", Terms), ("files/page.html", "<script>"u8.ToArray()));

        await StartAsync(0);

        JsonElement mail = MimeReading.Read([(await OutgoingAsync()).Single()])[0];
        JsonElement[] files = [.. mail.GetProperty("attachments").EnumerateArray()];
        files.Select(file => (file.Text("mimeType"), file.TryGetProperty("filename", out JsonElement name) ? name.GetString() : null)).Should().Equal(
            ("text/calendar", null), ("text/calendar", "invite.ics"), ("application/pdf", "方案 terms.pdf"), ("application/octet-stream", "page.html"));
        files[0].Text("method").Should().Be("REQUEST");
        Encoding.UTF8.GetString(Convert.FromBase64String(files[1].Text("content")!)).ReplaceLineEndings("\n").TrimEnd('\n').Should().Be(CalendarLines.Fold(Calendar).ReplaceLineEndings("\n").TrimEnd('\n'));
        Convert.FromBase64String(files[2].Text("content")!).Should().Equal(Terms);
        mail.Header("list-unsubscribe").Should().MatchRegex("^<mailto:[^>]+@linden.example\\?subject=unsubscribe>$");
        mail.Text("text").Should().Contain("This is a note.");
    }

    [Fact]
    public async Task Parts_AreTheSameForEveryAttempt()
    {
        await PublishAsync(Parts("files/terms.pdf"), ("files/terms.pdf", Terms));
        await StartAsync(0);

        byte[] first = (await OutgoingAsync()).Single();
        byte[] second = (await OutgoingAsync()).Single();

        second.Should().Equal(first, "a second attempt is the same mail, with the same Message-ID");
    }

    [Fact]
    public async Task Files_OfManyMails_AreKeptOnceAndTheOutboxStaysSmall()
    {
        await PublishAsync(Parts("files/terms.pdf", "files/copy.pdf"), ("files/terms.pdf", Terms), ("files/copy.pdf", Terms));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(StartAsync));

        (await ScalarAsync("select count(*) from mail_attachment")).Should().Be(16L);
        (await ScalarAsync("select count(*) from mail_file")).Should().Be(1L);
        (await ScalarAsync("select max(octet_length(outbox::text))::bigint from outbox")).Should().BeOfType<long>().Which.Should().BeLessThan(1_000);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Detail_OfAMail_NamesItsPartsAndGivesItsFiles()
    {
        await PublishAsync(Parts("files/terms.pdf"), ("files/terms.pdf", Terms));
        await StartAsync(0);
        Guid id = (Guid)(await ScalarAsync("select id from mail"))!;

        MailDetail mail = (await new GetMail(_house.Queries).ExecuteAsync(id, default))!;
        GetMailAttachment get = new(_house.Queries);

        mail.Attachments.Should().Equal(new MailAttachment(1, "terms.pdf", "application/pdf", Terms.Length));
        mail.Calendar.Should().Be(new Postgres.Mail.MailCalendar("REQUEST", CalendarLines.Unfold(Calendar)));
        mail.ListUnsubscribe.Should().StartWith("mailto:");
        (await get.ExecuteAsync(id, 1, default))!.Value.Content.Should().Equal(Terms);
        (await get.ExecuteAsync(id, 2, default)).Should().BeNull();
    }

    [Fact]
    public async Task File_ThatTheVersionLacks_IsAnIncidentThatNamesIt()
    {
        await PublishAsync(Parts("files/terms.pdf", "files/forms.pdf"), ("files/terms.pdf", Terms));

        await StartAsync(0);

        ((string)(await ScalarAsync("select message from incident"))!).Should().Contain("'files/forms.pdf'").And.Contain("'notice' version 1");
        (await ScalarAsync("select count(*) from mail_file")).Should().Be(0L);
        (await ScalarAsync("select count(*) from outbox")).Should().Be(0L);
    }

    [Fact]
    public async Task Files_TooLargeTogether_AreAnIncidentThatSaysTheLimit()
    {
        byte[] half = new byte[(MailLimits.FileBytes / 2) + 1];
        await PublishAsync(Parts("files/a.pdf", "files/b.pdf"), ("files/a.pdf", half), ("files/b.pdf", half));

        await StartAsync(0);

        ((string)(await ScalarAsync("select message from incident"))!).Should().Contain("10,485,762 bytes").And.Contain("10,485,760");
    }

    [Fact]
    public async Task SendAnew_OfAMailWithParts_CarriesThemAndTheNewLink()
    {
        await PublishAsync(
            """{"id":"ask","type":"EngagementFlows.AskClient","form":{"typeName":"String","expression":{"type":"Literal","value":"forms/f.json"}},"mail":{"typeName":"String","expression":{"type":"Literal","value":"note"}}}""",
            ("forms/f.json", """{"title":{"default":"Talk","zh-cn":"面谈"},"pages":[{"name":"p","elements":[{"type":"text","name":"a","title":{"default":"When","zh-cn":"时间"}}]}]}"""u8.ToArray()), ("files/terms.pdf", Terms));
        await StartAsync(0);
        // As a flow that invites by link will write it: the invitation holds the link as well.
        await ExecuteAsync("insert into mail_file (content) select content from definition_asset where path = 'files/terms.pdf'");
        await ExecuteAsync("insert into mail_attachment (mail_id, position, file_name, content_type, file_hash) select m.id, 1, 'terms.pdf', 'application/pdf', f.hash from mail m, mail_file f");
        await ExecuteAsync("update mail set calendar_method = 'REQUEST', calendar = replace($1, 'A talk', 'https://link.invalid/' || link_id)", Calendar);
        Guid old = (Guid)(await ScalarAsync("select id from link"))!;

        Guid anew = (await new SendLinkAnew(_house.Queries).ExecuteAsync(old, "test", "Test", _house.Clock.GetUtcNow(), default))!.Value;

        byte[][] mails = await OutgoingAsync();
        mails.Should().HaveCount(2);
        JsonElement mail = MimeReading.Read([mails[1]])[0];
        JsonElement[] files = [.. mail.GetProperty("attachments").EnumerateArray()];
        files.Select(file => file.Text("mimeType")).Should().Equal("text/calendar", "text/calendar", "application/pdf");
        string invitation = CalendarLines.Unfold(Encoding.UTF8.GetString(Convert.FromBase64String(files[1].Text("content")!)));
        invitation.Should().Contain(_house.Addresses.LinkOf(anew)).And.NotContain("link.invalid");
    }

    private const string Calendar =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@linden.example\r\nSUMMARY:A talk\r\nDESCRIPTION:关于第三版方案的讨论，请提前阅读附件中的说明，并带上您的问题和意见。\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static string Parts(params string[] files) => $$$"""
        {"id":"letter","type":"EngagementFlows.SendClientMail",
         "template":{"typeName":"String","expression":{"type":"Literal","value":"note"}},
         "files":{"typeName":"String[]","expression":{"type":"Object","value":{{{JsonSerializer.Serialize(JsonSerializer.Serialize(files))}}} }},
         "calendar":{"typeName":"String","expression":{"type":"Literal","value":{{{JsonSerializer.Serialize(Calendar)}}} }},
         "mayUnsubscribe":{"typeName":"Boolean","expression":{"type":"Literal","value":true} } }
        """;

    private async Task PublishAsync(string activity, params (string Path, byte[] Content)[] files)
    {
        byte[] letter = Encoding.UTF8.GetBytes("---\nsubject: A note\n---\nThis is a note.\n\n{% if Link %}[Open]({{ Link }}){% endif %}\n");
        string folder = Path.Combine(_folder, "notice");
        foreach ((string path, byte[] content) in files.Concat([("mail/note.en.md", letter), ("mail/note.zh-CN.md", letter)]))
        {
            string target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, content);
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "notice.json"),
            $$$"""{"id":"notice-1","definitionId":"notice","name":"notice","version":1,"isLatest":true,"isPublished":true,"variables":[],"root":{"id":"all-of-it","type":"Elsa.Sequence","activities":[{{{activity}}}]}}""");
        await _house.PublishAsync(folder);
    }

    private Task StartAsync(int client) => _house.StartAsync("notice", _house.Engagements.Keys.ElementAt(client));

    private async Task<byte[][]> OutgoingAsync()
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand("select id from mail order by sequence");
        List<Guid> mails = [];
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                mails.Add(reader.GetGuid(0));
        }

        LoadOutgoingMail load = new(_house.Queries, _house.Settings, () => _house.Addresses);
        List<byte[]> outgoing = [];
        foreach (Guid mail in mails)
            outgoing.Add((await load.ExecuteAsync(mail, default))!.Bytes.ToArray());
        return [.. outgoing];
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        foreach (object value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
