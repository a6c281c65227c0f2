using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class SendClientMailTests
{
    private const string Invitation = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nSUMMARY:A talk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Fact]
    public void Execute_WithParts_AsksForThem()
    {
        ClientMailRequested mail = Execute(new() { ["files"] = new PlainList { "files/terms.pdf", "files/terms.pdf", "files/方案.docx" }, ["calendar"] = Invitation, ["mayUnsubscribe"] = true });

        mail.Files.Should().Equal("files/terms.pdf", "files/方案.docx");
        mail.Calendar!.Method.Should().Be("CANCEL");
        mail.MayUnsubscribe.Should().BeTrue();
    }

    [Fact]
    public void Execute_WithoutParts_AsksForNone()
    {
        ClientMailRequested mail = Execute([]);

        mail.Files.Should().BeEmpty();
        mail.Calendar.Should().BeNull();
        mail.MayUnsubscribe.Should().BeFalse();
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("files/../mail/ask.en.md")]
    [InlineData("mail/ask.en.md")]
    [InlineData("files\\terms.pdf")]
    [InlineData("https://evil.example/x.pdf")]
    [InlineData("files/a\nb.pdf")]
    public void Execute_FileOutsideOfTheProcess_IsAFault(string file)
    {
        Action execute = () => Execute(new() { ["files"] = new PlainList { file } });

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'files'*Name files of the process folder*");
    }

    [Fact]
    public void Execute_TooManyFiles_IsAFault()
    {
        Action execute = () => Execute(new() { ["files"] = new PlainList(Enumerable.Range(0, 11).Select(number => (object?)$"files/{number}.pdf")) });

        execute.Should().Throw<ActivityFaultException>().WithMessage("*11 files*at most 10*");
    }

    [Fact]
    public void Execute_NoInvitation_IsAFault()
    {
        Action execute = () => Execute(new() { ["calendar"] = "Tuesday at ten" });

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'calendar'*BEGIN:VCALENDAR*");
    }

    private static ClientMailRequested Execute(PlainObject inputs)
    {
        inputs["template"] = "welcome";
        return new SendClientMail().Execute(new FakeContext(inputs)).Effects.OfType<ClientMailRequested>().Single();
    }
}
