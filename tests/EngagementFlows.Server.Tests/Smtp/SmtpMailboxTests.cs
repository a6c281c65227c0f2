using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class SmtpMailboxTests
{
    [Theory]
    [InlineData("client@customer.example", "client@customer.example")]
    [InlineData("Client.Name+tag@Customer.Example", "Client.Name+tag@customer.example")]
    [InlineData("o'brien@customer.example", "o'brien@customer.example")]
    [InlineData("client@localhost", "client@localhost")]
    [InlineData("\"two words\"@customer.example", "\"two words\"@customer.example")]
    [InlineData("\"a\\\"@b\"@customer.example", "\"a\\\"@b\"@customer.example")]
    [InlineData("client@bücher.example", "client@xn--bcher-kva.example")]
    [InlineData("client@BÜCHER.example", "client@xn--bcher-kva.example")]
    [InlineData("client@例子。example", "client@xn--fsqu00a.example")]
    [InlineData("王@customer.example", "王@customer.example")]
    public void TryParse_Address_GoesOverTheLineAs(string text, string wire)
    {
        SmtpMailbox.TryParse(text, out string fault)!.Wire.Should().Be(wire);
        fault.Should().BeEmpty();
    }

    [Theory]
    [InlineData("client@customer.example", false)]
    [InlineData("client@bücher.example", false)]
    [InlineData("jürgen@customer.example", true)]
    public void TryParse_NonAscii_NeedsSmtpUtf8OnlyBeforeTheAt(string text, bool needs)
    {
        SmtpMailbox.TryParse(text, out _)!.NeedsSmtpUtf8.Should().Be(needs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("client")]
    [InlineData("@customer.example")]
    [InlineData("client@")]
    [InlineData("client@customer.example\r\nRCPT TO:<victim@elsewhere.example>")]
    [InlineData("client\r\n@customer.example")]
    [InlineData("client@customer\n.example")]
    [InlineData("client\0@customer.example")]
    [InlineData("client@customer.example\0")]
    [InlineData("client@customer.example\u2028")]
    [InlineData("client\u2029@customer.example")]
    [InlineData("client\u0085@customer.example")]
    [InlineData("client\u00a0x@customer.example")]
    [InlineData("client\u200b@customer.example")]
    [InlineData("\u202eclient@customer.example")]
    [InlineData("client\ud800@customer.example")]
    [InlineData("client@customer.example>")]
    [InlineData("<client@customer.example>")]
    [InlineData("Client <client@customer.example>")]
    [InlineData("client@customer.example,other@customer.example")]
    [InlineData("client@customer.example;other@customer.example")]
    [InlineData("client @customer.example")]
    [InlineData("client@customer .example")]
    [InlineData("client@customer.example SIZE=1")]
    [InlineData(".client@customer.example")]
    [InlineData("client.@customer.example")]
    [InlineData("cli..ent@customer.example")]
    [InlineData("a@b@customer.example")]
    [InlineData("\"open@customer.example")]
    [InlineData("\"a\"b\"@customer.example")]
    [InlineData("\"a\\\"@customer.example")]
    [InlineData("client@-customer.example")]
    [InlineData("client@customer-.example")]
    [InlineData("client@customer..example")]
    [InlineData("client@.example")]
    [InlineData("client@customer.example.")]
    [InlineData("client@under_score.example")]
    [InlineData("client@[192.0.2.1]")]
    [InlineData("client@customer.example%0d%0aDATA")]
    public void TryParse_NoAddress_IsRefusedInPrintableWords(string text)
    {
        SmtpMailbox.TryParse(text, out string fault).Should().BeNull();
        fault.Should().StartWith("The address '").And.NotMatchRegex("[\\p{C}\u2028\u2029]");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryParse_LongName_IsRefusedAbove64Bytes(int length, bool isGood)
    {
        (SmtpMailbox.TryParse(new string('a', length) + "@customer.example", out _) is not null).Should().Be(isGood);
    }

    [Fact]
    public void TryParse_LongDomain_IsRefused()
    {
        string label = new('a', 63);
        SmtpMailbox.TryParse($"a@{label}.{label}.{label}.example", out _).Should().NotBeNull();
        SmtpMailbox.TryParse($"a@{label}.{label}.{label}.{label}", out _).Should().BeNull();
        SmtpMailbox.TryParse($"a@{label}a.example", out _).Should().BeNull();
    }
}
