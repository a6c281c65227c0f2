using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MimeWriterTests
{
    private static readonly MimeMessage Message = new()
    {
        From = Mailbox.Of("owner@firm.example", "李 Lei"),
        ReplyTo = Mailbox.Of("lei@firm.example", "Li \"Lei\", Owner"),
        To = [Mailbox.Of("ann@client.example", "Ann O'Neil"), Mailbox.Of("wang@华宇.example", "王芳（华宇设计工程咨询有限公司采购部）")],
        Cc = [Mailbox.Of("copy@client.example")],
        Subject = "请确认：华宇设计 2026 年度客户服务方案（第三版）与时间安排，共 12 项内容",
        Text = "Dear Ann,\n\n.hidden\nFrom here on\n你好 = trailing \n" + new string('x', 3000) + "\n",
        Html = "<p>你好，Ann</p>",
        Language = "zh-CN",
        EffectKey = "0190f3c2-1111-7000-8000-000000000001:send-welcome:1:ann@client.example",
        Date = new DateTimeOffset(2026, 3, 3, 17, 5, 7, TimeSpan.FromHours(8)),
    };

    [Fact]
    public void Write_Message_ReadsBackTheSame()
    {
        JsonElement mail = MimeReading.Read(Message);

        mail.Text("subject").Should().Be(Message.Subject);
        mail.Text("from", "name").Should().Be("李 Lei");
        mail.Text("from", "address").Should().Be("owner@firm.example");
        mail.GetProperty("replyTo")[0].Text("name").Should().Be("Li \"Lei\", Owner");
        mail.GetProperty("to")[0].Text("name").Should().Be("Ann O'Neil");
        mail.GetProperty("to")[1].Text("name").Should().Be("王芳（华宇设计工程咨询有限公司采购部）");
        mail.GetProperty("to")[1].Text("address").Should().Be("wang@xn--xkr44q.example");
        mail.GetProperty("cc")[0].Text("address").Should().Be("copy@client.example");
        Letter(mail, "text").Should().Be(Message.Text);
        Letter(mail, "html").Should().Be(Message.Html + "\n");
        mail.Text("date").Should().Be("2026-03-03T09:05:07.000Z");
        mail.Header("date").Should().Be("Tue, 3 Mar 2026 17:05:07 +0800");
        mail.Header("auto-submitted").Should().Be("auto-generated");
        mail.Header("x-effect-key").Should().Be(Message.EffectKey);
        mail.Header("content-language").Should().Be("zh-CN");
        mail.Text("messageId").Should().MatchRegex("^<[0-9a-f]{40}@firm\\.example>$").And.Be(MessageId.Of(Message.EffectKey, Message.From));
    }

    [Fact]
    public void Write_SameMessage_GivesTheSameBytes() => MimeWriter.Write(Message).Should().Equal(MimeWriter.Write(Message with { }));

    [Fact]
    public void Write_AnyMessage_HasOnlyAsciiInShortLines()
    {
        string text = Encoding.Latin1.GetString(MimeWriter.Write(Message));

        text.All(unit => unit is (>= ' ' and <= '~') or '\r' or '\n').Should().BeTrue();
        text.Replace("\r\n", "", StringComparison.Ordinal).Should().NotContainAny("\r", "\n");
        text.Split("\r\n").Should().OnlyContain(line => line.Length <= 76 || line.StartsWith(' ') || line.StartsWith("X-Effect-Key", StringComparison.Ordinal));
        text.Split("\r\n").Should().NotContain(line => line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Attachments_ReadBackTheSame()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        MimeMessage message = Message with
        {
            Attachments =
            [
                new("../../方案 第三版，含报价与时间安排以及所有相关附件的完整说明.pdf", "application/pdf", bytes),
                new("invite.ics", "text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR\r\n"u8.ToArray()),
                new("a\"b\r\nX-Evil: 1\\.txt", "text/plain", Array.Empty<byte>()),
            ],
        };

        JsonElement mail = MimeReading.Read(message);

        JsonElement files = mail.GetProperty("attachments");
        files[0].Text("filename").Should().Be("_.._方案 第三版，含报价与时间安排以及所有相关附件的完整说明.pdf");
        files[0].Text("content").Should().Be(Convert.ToBase64String(bytes));
        files[0].Text("mimeType").Should().Be("application/pdf");
        files[1].Text("filename").Should().Be("invite.ics");
        files[1].Text("method").Should().Be("REQUEST");
        files[2].Text("filename").Should().Be("a_b X-Evil_ 1_.txt");
        mail.Header("x-evil").Should().BeNull();
        Letter(mail, "text").Should().Be(Message.Text);
        Letter(mail, "html").Should().Be(Message.Html + "\n");
    }

    [Fact]
    public void Write_Calendar_IsTheLastAlternativeAndAFile()
    {
        const string Calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:会议\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        MimeMessage message = Message with { Calendar = new("REQUEST", Calendar), Attachments = [new("plan.pdf", "application/pdf", "plan"u8.ToArray())] };

        string source = Encoding.ASCII.GetString(MimeWriter.Write(message));
        JsonElement mail = MimeReading.Read(message);

        source.Split("Content-Type: ").Skip(1).Select(part => part.Split(';', '\r')[0]).Should().Equal(
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "text/calendar", "application/pdf");
        source.Split("text/calendar; method=REQUEST; charset=utf-8").Should().HaveCount(3);
        Letter(mail, "text").Should().Be(Message.Text);
        Letter(mail, "html").Should().Be(Message.Html + "\n");
        JsonElement[] calendars = [.. mail.GetProperty("attachments").EnumerateArray().Where(file => file.Text("mimeType") == "text/calendar")];
        calendars.Should().HaveCount(2);
        // The parser writes line ends of text in its own way; ours are looked at in the source.
        calendars.Select(file => Encoding.UTF8.GetString(Convert.FromBase64String(file.Text("content")!)).ReplaceLineEndings("\n").TrimEnd('\n')).Should().AllBe(Calendar.ReplaceLineEndings("\n").TrimEnd('\n'));
        calendars.Should().OnlyContain(file => file.Text("method") == "REQUEST");
        source.Replace("\r\n", "", StringComparison.Ordinal).Split(Convert.ToBase64String(Encoding.UTF8.GetBytes(Calendar))).Should().HaveCount(3);
        calendars[1].Text("filename").Should().Be("invite.ics");
        calendars[1].Text("disposition").Should().Be("attachment");
    }

    [Fact]
    public void Write_UnsafeCalendarMethod_IsRefused()
    {
        Action write = () => MimeWriter.Write(Message with { Calendar = new("REQUEST\r\nX-Evil: 1", "") });

        write.Should().Throw<FormatException>();
    }

    [Fact]
    public void Write_ListUnsubscribe_StandsInTheHeadWhereDue()
    {
        MimeReading.Read(Message).Header("list-unsubscribe").Should().BeNull("a contract's mail has none");

        MimeReading.Read(Message with { ListUnsubscribe = new Uri("https://clients.firm.example/stop?a=ü") })
            .Header("list-unsubscribe").Should().Be("<https://clients.firm.example/stop?a=%C3%BC>");
    }

    [Theory]
    [InlineData("text/html\r\nX: y")]
    [InlineData("text")]
    [InlineData("text/plain; charset=\"a\r\nb\"")]
    public void Write_UnsafeContentType_IsRefused(string type)
    {
        Action write = () => MimeWriter.Write(Message with { Attachments = [new("a", type, Array.Empty<byte>())] });

        write.Should().Throw<FormatException>();
    }

    [Fact]
    public void Write_AnyTexts_ReadBackTheSame()
    {
        // One process for all of them: Node's start costs more than the reading.
        Gen<string> texts = ArbMap.Default.GeneratorFor<string>().Select(text => Printable(text ?? ""));
        string[][] samples = [.. Gen.Sample(Gen.ArrayOf(texts, 4), 200)];
        byte[][] messages = [.. samples.Select((sample, index) => MimeWriter.Write(Message with
        {
            EffectKey = $"key-{index}",
            Subject = sample[0],
            From = Mailbox.Of("owner@firm.example", sample[1]),
            Text = sample[2] + "\n",
            Html = sample[3] + "\n",
        }))];

        IReadOnlyList<JsonElement> mails = MimeReading.Read(messages);

        mails.Should().HaveCount(samples.Length);
        foreach ((string[] sample, JsonElement mail) in samples.Zip(mails))
        {
            (mail.TryGetProperty("subject", out JsonElement subject) ? subject.GetString() : "").Should().Be(OneLine(sample[0]));
            mail.Text("from", "name").Should().Be(OneLine(sample[1]));
            Letter(mail, "text").Should().Be(sample[2].TrimEnd('\n') + "\n");
            Letter(mail, "html").Should().Be(sample[3].TrimEnd('\n') + "\n");
        }
    }

    // The parser counts the line break that belongs to the boundary to the text, if the text is not in base64.
    private static string Letter(JsonElement mail, string part) => mail.Text(part)!.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";

    // Lone surrogates are no characters: no encoding of a mail carries them.
    private static string Printable(string text) => new([.. text.Where(unit => !char.IsSurrogate(unit) && (!char.IsControl(unit) || unit == '\n') && unit < '\u2000')]);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
