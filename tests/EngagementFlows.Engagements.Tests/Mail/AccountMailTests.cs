using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class AccountMailTests
{
    private static readonly Guid Link = new("0197a000-0000-7000-8000-0000000000aa");
    private static readonly Firm Firm = new("Linden & Partner", "+49 30 5550 100", "office@linden.example");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("invitation", "en", "Your account at Linden & Partner", "Mia Novak has made an account for you", "until Tue 3 Mar 2026, 17:00")]
    [InlineData("invitation", "zh-CN", "Linden & Partner账号邀请", "Mia Novak为您开通了", "有效期至2026年3月3日（周二）17:00")]
    [InlineData("new-password", "en", "A new password for Linden & Partner", "Mia Novak sends you a link", "until Tue 3 Mar 2026, 17:00")]
    [InlineData("new-password", "zh-CN", "重设Linden & Partner账号密码", "Mia Novak为您发送了重设密码的链接", "有效期至2026年3月3日（周二）17:00")]
    public void Compose_InTheReadersLanguageAndZone_SaysWhoWhyAndUntilWhen(string name, string language, string subject, string who, string until)
    {
        ComposedMail mail = Compose(name, language, ("Mia Novak", "mia.novak@linden.example"));

        mail.Subject.Should().Be(subject);
        mail.Text.Should().Contain(who).And.Contain(until).And.Contain("mia.novak@linden.example").And.Contain("\n" + MailAddresses.AccountPlaceholder(Link) + "\n");
        mail.Html.Should().Contain($"href=\"{MailAddresses.AccountPlaceholder(Link)}\"");
    }

    [Theory]
    [InlineData("invitation", "en")]
    [InlineData("invitation", "zh-CN")]
    [InlineData("new-password", "en")]
    [InlineData("new-password", "zh-CN")]
    public void Compose_ForAProgram_IsWrittenByTheFirmAlone(string name, string language)
    {
        ComposedMail mail = Compose(name, language, inviter: null);

        mail.Text.Should().Contain("office@linden.example").And.NotContain("Novak");
        mail.Text.Split('\n').Count(line => line == Firm.Name).Should().Be(1, "the firm signs once");
    }

    private static ComposedMail Compose(string name, string language, (string, string)? inviter) => AccountMail.Compose(
        name == "invitation" ? AccountMail.Invitation : AccountMail.NewPassword, Firm, new Person(Link, "王磊", "wang.lei@linden.example", [], language, "Asia/Shanghai"), inviter, Link, Now.AddDays(1), Now);
}
