using System.Text;
using EngagementFlows.Server.Smtp;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class DotStufferTests
{
    // Mostly what matters, so that a few hundred cases meet every combination.
    private static readonly Arbitrary<byte[]> Content =
        Gen.Elements((byte)'.', (byte)'\r', (byte)'\n', (byte)'a', (byte)0xC3).ArrayOf().ToArbitrary();

    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".\r\n.\r\n", "..\r\n..\r\n.\r\n")]
    [InlineData("a\r\n.\r\nMAIL FROM:<x>\r\n", "a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n")]
    [InlineData("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("\n.\r\n", "\r\n..\r\n.\r\n")]
    [InlineData("\r\r\n", "\r\n\r\n.\r\n")]
    public void Encode_Message_TravelsAs(string content, string wire)
    {
        Encoding.ASCII.GetString(Encode(Encoding.ASCII.GetBytes(content), 1000)).Should().Be(wire);
    }

    [Fact]
    public void Encode_Anything_IsWhatAReceiverTakesForOneMessage()
    {
        Prop.ForAll(Content, content =>
        {
            byte[] wire = Encode(content, 1000);
            byte[]? received = Receive(wire, out int used);
            return used == wire.Length && received!.SequenceEqual(Lines(content));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encode_CutAnywhere_GivesTheSame()
    {
        Prop.ForAll(Content, Gen.Choose(1, 4).ToArbitrary(), (content, piece) => Encode(content, piece).SequenceEqual(Encode(content, 1000)))
            .QuickCheckThrowOnFailure();
    }

    private static byte[] Encode(byte[] content, int piece)
    {
        DotStuffer stuffer = new();
        List<byte> wire = [];
        byte[] target = new byte[2 * piece];
        foreach (byte[] part in content.Chunk(piece))
            wire.AddRange(target[..stuffer.Encode(part, target)]);
        wire.AddRange(stuffer.Terminator.ToArray());
        return [.. wire];
    }

    /// <summary>Reads as RFC 5321 §4.5.2 tells a receiver to: line by line, a lone dot ends, another first dot goes.</summary>
    private static byte[]? Receive(byte[] wire, out int used)
    {
        List<byte> message = [];
        used = 0;
        while (used < wire.Length)
        {
            int end = wire.AsSpan(used).IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = wire.AsSpan(used, end);
            used += end + 2;
            if (line.SequenceEqual("."u8))
                return [.. message];
            message.AddRange(line is [(byte)'.', ..] ? line[1..] : line);
            message.AddRange("\r\n"u8);
        }

        return null;
    }

    private static byte[] Lines(byte[] content)
    {
        string text = Encoding.Latin1.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        string closed = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        return Encoding.Latin1.GetBytes(closed.Replace("\n", "\r\n", StringComparison.Ordinal));
    }
}
