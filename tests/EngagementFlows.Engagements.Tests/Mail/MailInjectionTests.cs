using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Tests.Mail;

/// <summary>Every hostile text at every place of a mail that takes text: another's parser finds the parts and headers that were meant, and no more.</summary>
public sealed class MailInjectionTests
{
    private const string Evil = "Bcc: victim@elsewhere.example";

    private static readonly string[] Payloads =
    [
        $"Hello\r\n{Evil}",
        $"Hello\n{Evil}",
        $"Hello\r{Evil}",
        $"Hello\r\n\r\n<script>{Evil}</script>",
        $"Hello\0{Evil}",
        $"Hello\u2028{Evil}",
        $"Hello\u2029{Evil}",
        $"Hello\u0085{Evil}",
        $"Hello\v{Evil}",
        $"Hello%0d%0a{Evil}",
        $"Hello\\r\\n{Evil}",
        "=?utf-8?Q?Hello=0D=0ABcc:_victim@elsewhere.example?=",
        "=?utf-8?B?SGVsbG8NCkJjYzogdmljdGltQGVsc2V3aGVyZS5leGFtcGxl?=",
        "Hello\" <victim@elsewhere.example>, \"",
        "Hello>, <victim@elsewhere.example",
        "Hello, victim@elsewhere.example; victim@elsewhere.example",
        "Hello\r\n--=_m\r\nContent-Type: text/html\r\n\r\n<b>",
        "Hello\u202E gro.live\u202C",
        "Hello\ud800" + Evil,
    ];

    // A mail without a hostile text; each place puts one in.
    private static readonly MimeMessage Plain = new()
    {
        From = Mailbox.Of("owner@firm.example", "Owner"),
        ReplyTo = Mailbox.Of("lei@firm.example", "Lei"),
        To = [Mailbox.Of("ann@client.example", "Ann")],
        Cc = [Mailbox.Of("copy@client.example", "Copy")],
        Subject = "Hello",
        Text = "Text\n",
        Html = "<p>Html</p>\n",
        Language = "en",
        EffectKey = "key",
        Date = new DateTimeOffset(2026, 3, 3, 17, 5, 7, TimeSpan.FromHours(8)),
        Calendar = new("REQUEST", Calendar("Hello")),
        Attachments = [new("plan.pdf", "application/pdf", "plan"u8.ToArray())],
    };

    private static readonly (string Name, Func<string, MimeMessage> Put)[] Places =
    [
        ("subject", text => Plain with { Subject = text }),
        ("sender's name", text => Plain with { From = Mailbox.Of("owner@firm.example", text) }),
        ("reader's name", text => Plain with { To = [Mailbox.Of("ann@client.example", text)] }),
        ("copy's name", text => Plain with { Cc = [Mailbox.Of("copy@client.example", text)] }),
        ("reply-to's name", text => Plain with { ReplyTo = Mailbox.Of("lei@firm.example", text) }),
        ("file name", text => Plain with { Attachments = [new(text, "application/pdf", "plan"u8.ToArray())] }),
        ("calendar's summary", text => Plain with { Calendar = new("REQUEST", Calendar(text)) }),
        ("calendar's file name", text => Plain with { Calendar = new("REQUEST", Calendar("Hello"), text) }),
        ("effect key", text => Plain with { EffectKey = text }),
        ("language", text => Plain with { Language = text }),
        ("text part", text => Plain with { Text = text + "\n" }),
        ("HTML part", text => Plain with { Html = text + "\n" }),
    ];

    [Fact]
    public void Write_HostileTextAtAnyPlace_ChangesNeitherHeadersNorParts()
    {
        (string Place, string Payload, byte[] Message)[] cases =
            [.. Places.SelectMany(place => Payloads.Select(payload => (place.Name, payload, MimeWriter.Write(place.Put(payload)))))];
        JsonElement plain = MimeReading.Read(Plain);

        // One process for all of them: Node's start costs more than the reading.
        IReadOnlyList<JsonElement> mails = MimeReading.Read([.. cases.Select(one => one.Message)]);

        mails.Should().HaveCount(Places.Length * Payloads.Length);
        foreach (((string place, string payload, byte[] message), JsonElement mail) in cases.Zip(mails))
        {
            string because = $"'{JsonSerializer.Serialize(payload)}' stands as {place}";
            // The language is left out when it is none.
            Keys(mail).Should().Equal(Keys(plain).Where(key => place != "language" || key != "content-language"), because);
            Addresses(mail).Should().Equal(Addresses(plain), because);
            Parts(mail).Should().Equal(Parts(plain), because);
            Shown(mail).Should().OnlyContain(text => !text.Any(IsBreaking), because);
            message.Should().OnlyContain(unit => unit >= ' ' ? unit <= '~' : unit == '\r' || unit == '\n', because);
        }
    }

    [Fact]
    public void Write_HostileTextAsAddress_IsRefusedBeforeItStandsAnywhere()
    {
        foreach (string payload in Payloads)
        {
            foreach (string address in new[] { payload + "@client.example", "ann@" + payload, "ann@client.example" + payload, payload })
                ((Action)(() => Mailbox.Of(address))).Should().Throw<FormatException>($"'{JsonSerializer.Serialize(address)}' is no address");
        }
    }

    [Fact]
    public void Write_HostileTextInsideAnAddedHeader_IsRefused()
    {
        foreach (string payload in Payloads)
        {
            ((Action)(() => MimeWriter.Write(Plain with { Calendar = new(payload, Calendar("Hello")) }))).Should().Throw<FormatException>();
            ((Action)(() => MimeWriter.Write(Plain with { Attachments = [new("plan.pdf", payload, "plan"u8.ToArray())] }))).Should().Throw<FormatException>();
        }
    }

    [Fact]
    public void Write_AddressThatIsNotAscii_StandsAsItIsAndReadsBack()
    {
        MimeMessage message = Plain with { To = [Mailbox.Of("王@华宇.example", "王芳")] };

        JsonElement mail = MimeReading.Read(message);

        mail.GetProperty("to")[0].Text("address").Should().Be("王@xn--xkr44q.example");
        mail.GetProperty("to")[0].Text("name").Should().Be("王芳");
        Encoding.UTF8.GetString(MimeWriter.Write(message)).Should().Contain("<王@xn--xkr44q.example>\r\n");
    }

    private static string Calendar(string summary) => $"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static string[] Keys(JsonElement mail) => [.. mail.GetProperty("headers").EnumerateArray().Select(header => header.Text("key")!)];

    private static string[] Addresses(JsonElement mail) =>
        [mail.Text("from", "address")!, .. new[] { "replyTo", "to", "cc" }.SelectMany(field => mail.GetProperty(field).EnumerateArray()).Select(reader => reader.Text("address")!)];

    private static string[] Parts(JsonElement mail) => [.. mail.GetProperty("attachments").EnumerateArray().Select(file => file.Text("mimeType")!)];

    private static IEnumerable<string> Shown(JsonElement mail) =>
    [
        mail.TryGetProperty("subject", out JsonElement subject) ? subject.GetString()! : "",
        mail.Text("from", "name")!,
        .. new[] { "replyTo", "to", "cc" }.SelectMany(field => mail.GetProperty(field).EnumerateArray()).Select(reader => reader.Text("name")!),
        .. mail.GetProperty("attachments").EnumerateArray().Select(file => file.TryGetProperty("filename", out JsonElement name) ? name.GetString() ?? "" : ""),
    ];

    private static bool IsBreaking(char unit) => char.IsControl(unit) || unit is '\u2028' or '\u2029' or '\u202E';
}
