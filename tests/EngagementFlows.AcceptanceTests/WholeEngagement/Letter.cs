using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.CrashDrill.Sink;
using EngagementFlows.Testing.Smtp;

namespace EngagementFlows.AcceptanceTests.WholeEngagement;

/// <summary>A mail as the mail server took it.</summary>
/// <param name="To">The recipient of the envelope.</param>
/// <param name="EffectKey">The key that each mail bears for ever.</param>
/// <param name="MessageId">The Message-ID.</param>
/// <param name="Link">The token of the client's link in its text, or <see langword="null"/>.</param>
/// <param name="Code">The code in its text, or <see langword="null"/>.</param>
internal sealed partial record Letter(string To, string EffectKey, string MessageId, string? Link, string? Code)
{
    public static Letter Of(SmtpPeerMessage message)
    {
        string content = Encoding.ASCII.GetString(message.Content);
        AcceptedMail read = MessageText.Read(message.To.Should().ContainSingle().Subject, content);
        Match code = SixDigits().Match(MessageText.TextPart(content));
        return new(read.To, read.EffectKey, MessageIdHeader().Match(content).Groups[1].Value, read.Link, code.Success ? code.Groups[1].Value : null);
    }

    [GeneratedRegex(@"^Message-ID:\s*(\S+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageIdHeader();

    [GeneratedRegex(@"^\W*(\d[\d ]{4,8}\d)\W*$", RegexOptions.Multiline)]
    private static partial Regex SixDigits();
}
