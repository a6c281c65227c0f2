using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Engagements.Tests.Mail;

public sealed class CalendarEventTests
{
    [Fact]
    public void Read_Invitation_SaysWhatWhenWhereAndWho()
    {
        CalendarEvent meeting = CalendarEvent.Read("""
            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VTIMEZONE
            TZID:Asia/Shanghai
            BEGIN:STANDARD
            DTSTART:19700101T000000
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            SUMMARY:Review\, third\n edition
            DTSTART;TZID=Asia/Shanghai:20260303T100000
            DTEND;TZID="Asia/Shanghai":20260303T113000
            LOCATION;LANGUAGE=zh-CN:南京西路 1 号\n三楼
            ORGANIZER;CN="Novak: Mia";ROLE=CHAIR:mailto:mia.novak@linden.example
            RRULE:FREQ=MONTHLY
            BEGIN:VALARM
            SUMMARY:Not this one
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            """).Single();

        meeting.Should().Be(new CalendarEvent(
            "Review, third edition",
            new("20260303T100000", new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.FromHours(8)), null),
            new("20260303T113000", new DateTimeOffset(2026, 3, 3, 11, 30, 0, TimeSpan.FromHours(8)), null),
            "南京西路 1 号 三楼",
            "Novak: Mia",
            Repeats: true));
    }

    [Theory]
    [InlineData("DTSTART:20260303T100000Z", "2026-03-03T10:00:00+00:00", null)]
    [InlineData("DTSTART;VALUE=DATE:20260303", null, "2026-03-03")]
    [InlineData("DTSTART:20260303T100000", null, null)]
    [InlineData("DTSTART;TZID=Nowhere/Land:20260303T100000", null, null)]
    [InlineData("DTSTART:soon", null, null)]
    public void Read_Start_IsAnInstantADayOrAsWritten(string line, string? at, string? day)
    {
        CalendarMoment start = CalendarEvent.Read($"BEGIN:VEVENT\n{line}\nEND:VEVENT").Single().Start!;

        start.At.Should().Be(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        start.Day.Should().Be(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        start.Written.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("BEGIN:VEVENT")]
    [InlineData("END:VEVENT\nEND:X\nBEGIN:\n:;\n;;;\"")]
    public void Read_Garbage_IsNothing(string content) => CalendarEvent.Read(content).Should().BeEmpty();

    [Fact]
    public void Read_ManyEvents_EndsAtTwenty() =>
        CalendarEvent.Read(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n", 500))).Should().HaveCount(20);
}
