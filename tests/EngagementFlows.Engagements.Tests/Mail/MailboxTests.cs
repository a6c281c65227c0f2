using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("client@customer.example", "client@customer.example")]
    [InlineData("Client.Name+tag@Customer.Example", "Client.Name+tag@customer.example")]
    [InlineData("o'brien@customer.example", "o'brien@customer.example")]
    [InlineData("client@localhost", "client@localhost")]
    [InlineData("client@bücher.example", "client@xn--bcher-kva.example")]
    [InlineData("client@BÜCHER.example", "client@xn--bcher-kva.example")]
    [InlineData("client@例子。example", "client@xn--fsqu00a.example")]
    [InlineData("王@customer.example", "王@customer.example")]
    [InlineData("ann@аpple.example", "ann@xn--pple-43d.example")]
    public void Of_Address_GoesOverTheLineAs(string text, string address) => Mailbox.Of(text).Address.Should().Be(address);

    [Theory]
    [InlineData("client@customer.example", false)]
    [InlineData("client@bücher.example", false)]
    [InlineData("jürgen@customer.example", true)]
    [InlineData("संपर्क@customer.example", true)]
    public void NeedsSmtpUtf8_IsForWhatStandsBeforeTheAtOnly(string text, bool needs) => Mailbox.Of(text).NeedsSmtpUtf8.Should().Be(needs);

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
    [InlineData("client，other@customer.example")]
    [InlineData("client＠elsewhere.example@customer.example")]
    [InlineData("client @customer.example")]
    [InlineData("client@customer .example")]
    [InlineData("client@customer.example SIZE=1")]
    [InlineData(".client@customer.example")]
    [InlineData("client.@customer.example")]
    [InlineData("cli..ent@customer.example")]
    [InlineData("a@b@customer.example")]
    [InlineData("\"two words\"@customer.example")]
    [InlineData("\"a,b\"@customer.example")]
    [InlineData("\"open@customer.example")]
    [InlineData("client@-customer.example")]
    [InlineData("client@customer-.example")]
    [InlineData("client@customer..example")]
    [InlineData("client@.example")]
    [InlineData("client@customer.example.")]
    [InlineData("client@under_score.example")]
    [InlineData("client@[192.0.2.1]")]
    [InlineData("client@customer.example%0d%0aDATA")]
    [InlineData("client@customer.example\u3002\r\n")]
    [InlineData("=?utf-8?Q?a=40b?=@customer.example")]
    public void Of_NoAddress_IsRefusedInPrintableWords(string text)
    {
        Action make = () => Mailbox.Of(text);

        make.Should().Throw<FormatException>().Which.Message.Should().Contain("cannot be used as a mail address").And.NotMatchRegex("[\\p{C}\u2028\u2029]");
    }

    [Theory]
    [InlineData("a", 64, true)]
    [InlineData("a", 65, false)]
    [InlineData("王", 21, true)]
    [InlineData("王", 22, false)]
    public void Of_LongName_IsRefusedAbove64Bytes(string unit, int length, bool isGood)
    {
        Action make = () => Mailbox.Of(string.Concat(Enumerable.Repeat(unit, length)) + "@customer.example");

        if (isGood)
            make.Should().NotThrow();
        else
            make.Should().Throw<FormatException>().WithMessage("*longer than 64 bytes*");
    }

    [Fact]
    public void Of_LongHost_IsRefused()
    {
        string label = new('a', 63);

        ((Action)(() => Mailbox.Of($"a@{label}.{label}.{label}.example"))).Should().NotThrow();
        ((Action)(() => Mailbox.Of($"a@{label}.{label}.{label}.{label}"))).Should().Throw<FormatException>();
        ((Action)(() => Mailbox.Of($"a@{label}a.example"))).Should().Throw<FormatException>();
    }
}
