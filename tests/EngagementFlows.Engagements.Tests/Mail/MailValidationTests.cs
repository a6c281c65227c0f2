using EngagementFlows.Engagements.Mail;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MailValidationTests
{
    private static readonly MailFrame Frame = new("Firm", "Li Lei", null, "li@firm.example") { Now = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero) };

    private static readonly PlainObject Sample = new()
    {
        ["Contact"] = new PlainObject { ["Name"] = "Ann", ["Phone"] = null },
        ["Link"] = "https://a.example/x",
    };

    [Fact]
    public void Validate_GoodMail_HasNoFault() => Faults("---\nsubject: Hi\n---\nDear {{ Contact.Name }}{% if Contact.Phone.Home %}?{% endif %}\n\n[Go]({{ Link }})\n").Should().BeEmpty();

    [Fact]
    public void Validate_NamesMissingInAnyBranch_AreAllReported() =>
        Faults("---\nsubject: '{{ Subjct }}'\n---\n{% if Contact.Nme %}\n{{ Contakt.Name }}{% endif %}{{ Contact.Age | default: 1 }}\n").Should().Equal(
            "mail/x.en.md(2): The sample model has no 'Subjct'. There are: Contact, Link.",
            "mail/x.en.md(4): 'Contact' in the sample model has no 'Nme'. There are: Name, Phone.",
            "mail/x.en.md(5): The sample model has no 'Contakt'. There are: Contact, Link.",
            "mail/x.en.md(5): 'Contact' in the sample model has no 'Age'. There are: Name, Phone.");

    [Fact]
    public void Validate_FaultyTemplate_ReportsEverythingWithItsLine() =>
        Faults("---\nsubject: '{{ Link | upcsae }}'\ntitle: x\n---\n{% if %}\n\n{{ Link").Should().Equal(
            "mail/x.en.md(3): The head has an entry 'title'; the only one that it knows is 'subject: …'.",
            "mail/x.en.md(2): Filter 'upcsae' is not known. Did you mean 'upcase'?",
            "mail/x.en.md(5): Expected a value, found the end of the tag.",
            "mail/x.en.md(7): '{{' is not closed: write '}}' where it ends.",
            "mail/x.en.md(5): Tag 'if' is not closed: write '{% endif %}' where it ends.");

    [Theory]
    [InlineData("Dear Ann", "The template has no head")]
    [InlineData("---\nx", "The template has no head")]
    [InlineData("---\n---\nx", "The head has no subject")]
    [InlineData("---\nsubject:\n---\nx", "The subject is empty")]
    [InlineData("---\nsubject: a\nsubject: b\n---\nx", "The head has a second 'subject'")]
    [InlineData("---\nsubject: '{{ Contact.Phone }}'\n---\nx", "The subject is empty for the sample model")]
    [InlineData("---\nsubject: 012345678901234567890123456789012345678901234567890\n---\nx", "The subject '0123456789")]
    [InlineData("---\nsubject: 一二三四五六七八九十一二三四五六七八九十一二三四五六\n---\nx", "The subject '一二三")]
    [InlineData("---\nsubject: a\n---\n[a](https://a.example)\n\n[b](https://b.example)", "The letter has 2 paragraphs that are a link alone")]
    [InlineData("---\nsubject: a\n---\n![a](https://a.example/a.png)", "The letter names a picture")]
    [InlineData("---\nsubject: a\n---\n[a](b)", "A link leads to 'b'")]
    [InlineData("---\nsubject: a\n---\n\U000F0041", "The template holds characters of Unicode's private plane")]
    public void Validate_Flaw_IsReported(string text, string expected) => Faults(text).Should().ContainSingle().Which.Should().Contain(expected);

    [Fact]
    public void Validate_HeavyMail_IsAFault() =>
        Faults("---\nsubject: a\n---\n{% for i in (1..6000) %}words {% endfor %}").Should().ContainSingle().Which.Should().Contain("at most 30720 are allowed");

    [Fact]
    public void Validate_MissingLanguage_IsAFault() =>
        MailValidation.Validate("x", new Dictionary<string, string> { ["en"] = "---\nsubject: a\n---\nx" }, ["en", "zh-CN"], Sample, Frame)
            .Should().ContainSingle().Which.Message.Should().Be("Mail 'x' has no text in 'zh-CN': add the file.");

    private static IEnumerable<string> Faults(string text) =>
        MailValidation.Validate("x", new Dictionary<string, string> { ["en"] = text }, ["en"], Sample, Frame).Select(fault => fault.ToString());
}
