using System.Text;
using EngagementFlows.Engagements.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class MimeCalendarTests
{
    private const string Invitation = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:A talk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Theory]
    [InlineData("REQUEST")]
    [InlineData("CANCEL")]
    [InlineData("REPLY")]
    public void Of_KnownMethod_IsTheMailsMethod(string method) => MimeCalendar.Of(Invitation.Replace("REQUEST", method, StringComparison.Ordinal)).Method.Should().Be(method);

    [Theory]
    [InlineData("", "BEGIN:VCALENDAR")]
    [InlineData("Hello", "BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VEVENT", "END:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "method ''")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:PUBLISH\nEND:VCALENDAR", "method 'PUBLISH'")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:REQUEST\nMETHOD:CANCEL\nEND:VCALENDAR", "method 'REQUEST', 'CANCEL'")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", "once")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:a\u0001b\nEND:VCALENDAR", "control character")]
    public void Of_WhatIsNoInvitation_IsRefusedWithTheReason(string content, string reason)
    {
        Action read = () => MimeCalendar.Of(content);

        read.Should().Throw<FormatException>().WithMessage($"*{reason}*");
    }

    [Fact]
    public void Of_MoreThanTheLimit_IsRefused()
    {
        Action read = () => MimeCalendar.Of(Invitation.Replace("A talk", new string('议', MimeCalendar.MaxBytes / 3), StringComparison.Ordinal));

        read.Should().Throw<FormatException>().WithMessage("*at most 65536*");
    }

    [Fact]
    public void Fold_AnyLines_AreShortAndReadBackTheSame()
    {
        Gen<string> lines = ArbMap.Default.GeneratorFor<string>().Select(text => string.Concat((text ?? "").Where(unit => !char.IsControl(unit) && !char.IsSurrogate(unit))));
        Prop.ForAll(Gen.ArrayOf(lines).ToArbitrary(), parts =>
        {
            // What begins with a blank would be the rest of the line before.
            string content = string.Concat(parts.Select(part => $"X:{part}{part}{part}🗓️{part}\n"));

            string folded = CalendarLines.Fold(content);

            CalendarLines.Unfold(folded).Should().Be(content);
            CalendarLines.Fold(folded).Should().Be(folded);
            folded.Split("\r\n").Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\n'));
        }).QuickCheckThrowOnFailure();
    }
}
