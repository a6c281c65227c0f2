using System.Text;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class MessageContentTests
{
    [Theory]
    [InlineData("Subject: x\r\n\r\nx\r\n", 17, false, false)]
    [InlineData("Subject: x\n\nx\n", 17, false, false)]
    [InlineData("Subject: x\r\n\r\nü", 16, true, false)]
    [InlineData("Subject: ü\r\n\r\nx", 16, true, true)]
    [InlineData("", 0, false, false)]
    public void Inspect_Message_TellsWhatItNeeds(string text, long size, bool has8Bit, bool hasUtf8Header)
    {
        MessageContent content = MessageContent.Inspect(Encoding.UTF8.GetBytes(text), out string fault);

        fault.Should().BeEmpty();
        (content.Size, content.Has8Bit, content.HasUtf8Header).Should().Be((size, has8Bit, hasUtf8Header));
    }

    [Fact]
    public void Inspect_LineOf999Bytes_IsAFault()
    {
        MessageContent.Inspect(Encoding.ASCII.GetBytes("a\r\n" + new string('x', 998) + "\r\n"), out string good);
        MessageContent.Inspect(Encoding.ASCII.GetBytes("a\r\n" + new string('x', 999)), out string bad);

        good.Should().BeEmpty();
        bad.Should().StartWith("Line 2 of the message has 999 bytes");
    }

    [Fact]
    public void Inspect_Nul_IsAFault()
    {
        MessageContent.Inspect("a\0b"u8.ToArray(), out string fault);

        fault.Should().Contain("NUL");
    }
}
