using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MailAddressesTests
{
    private static readonly Guid Own = new("0197a000-0000-7000-8000-0000000000aa");
    private static readonly Guid Other = new("0197a000-0000-7000-8000-0000000000ab");
    private static readonly LinkTokens Tokens = new(new LinkKeys("k1", [new("k1", new byte[32])]));
    private static readonly AccountTokens Accounts = new(new LinkKeys("k1", [new("k1", [.. Enumerable.Repeat((byte)1, 32)])]));
    private static readonly LinkCodes Codes = new(new LinkKeys("k1", [new("k1", [.. Enumerable.Repeat((byte)2, 32)])]));
    private static readonly MailAddresses Addresses = new(Tokens, Accounts, Codes, new Uri("https://clients.example/base/"), new Uri("https://console.example"));

    [Fact]
    public void Fill_OwnLink_BecomesTheAddressWithItsToken() =>
        Addresses.Fill($"Open {MailAddresses.LinkPlaceholder(Own)} now", Own).Should().Be($"Open https://clients.example/base/c/{Tokens.Make(Own)} now");

    [Fact]
    public void Fill_PlaceholderOfAnotherLink_StaysDead()
    {
        // Whoever smuggles a placeholder into a comment must not get that link's token by mail.
        string text = MailAddresses.LinkPlaceholder(Other);

        Addresses.Fill(text, Own).Should().Be(text);
        Addresses.Fill(text, null).Should().Be(text);
    }

    [Fact]
    public void Fill_StandingLinksOfTheReader_AndNoOthers_BecomeAddresses()
    {
        string text = $"{MailAddresses.StandingLinkPlaceholder(Own)} {MailAddresses.StandingLinkPlaceholder(Other)}";

        Addresses.Fill(text, null, standing: [Own]).Should().Be($"https://clients.example/base/c/standing/{Tokens.MakeStanding(Own)} {MailAddresses.StandingLinkPlaceholder(Other)}");
        Addresses.Fill(text, Own).Should().Be(text, "a link of another kind is not this one");
    }

    [Fact]
    public void Fill_OwnAccountLink_BecomesTheAddressWithItsToken()
    {
        string text = $"{MailAddresses.AccountPlaceholder(Own)} {MailAddresses.AccountPlaceholder(Other)}";

        Addresses.Fill(text, null, Own).Should().Be($"https://console.example/welcome/{Accounts.Make(Own)} {MailAddresses.AccountPlaceholder(Other)}");
        Addresses.Fill(text, Own).Should().Be(text, "only who sends the mail fills it in");
        Accounts.Make(Own).Should().NotBe(Tokens.Make(Own));
        Tokens.Read(Accounts.Make(Own)).Should().BeNull();
    }

    [Fact]
    public void Fill_OwnCode_BecomesItsDigits_AndAnothersStays()
    {
        string text = $"{MailAddresses.CodePlaceholder(Own)} {MailAddresses.CodePlaceholder(Other)}";

        Addresses.Fill(text, null, null, Codes.Make(Own)).Should().Be($"{Codes.TextOf(Codes.Make(Own))} {MailAddresses.CodePlaceholder(Other)}");
        Addresses.Fill(text, Own).Should().Be(text, "only a mail with a code has it filled in");
        Addresses.Fill(text, null, null, new LinkCode(Own, "gone")).Should().Be(text);
    }

    [Fact]
    public void Fill_Task_LeadsToTheConsole() =>
        Addresses.Fill(MailAddresses.TaskPlaceholder(Own), null).Should().Be($"https://console.example/tasks/{Own:D}");
}
