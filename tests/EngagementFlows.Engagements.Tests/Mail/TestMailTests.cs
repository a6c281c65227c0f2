using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class TestMailTests
{
    [Theory]
    [InlineData("en", "Test mail of Linden & Co", "Hello 王芳")]
    [InlineData("zh-CN", "Linden & Co的测试邮件", "王芳，您好")]
    public void Compose_InEitherLanguage_SaysWhatItIs(string language, string subject, string greeting)
    {
        ComposedMail mail = TestMail.Compose(new("Linden & Co", null, "office@linden.example"), "王芳", language, DateTimeOffset.UnixEpoch);

        mail.Language.Should().Be(language);
        mail.Subject.Should().Be(subject);
        mail.Text.Should().Contain(greeting).And.Contain("office@linden.example");
        mail.Html.Should().Contain("Linden &amp; Co");
    }
}
