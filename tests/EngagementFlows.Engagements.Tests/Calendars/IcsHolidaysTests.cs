using System.Text;
using EngagementFlows.Engagements.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class IcsHolidaysTests
{
    [Fact]
    public void Read_FoldedAndTimedEvents_TakesWholeDays()
    {
        IcsReading reading = IcsHolidays.Read(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Firm\r\n  outing\\, day\r\nDTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\nEND:VEVENT\r\n"
            + Event("DTSTART:20260610T120000Z") + Event("DTSTART;TZID=Asia/Tokyo:20260611T090000") + Event("DTSTART:20260612", "STATUS:CANCELLED") + "END:VCALENDAR\r\n");

        reading.Faults.Should().BeEmpty();
        reading.Days.Should().Equal(
            new Holiday(new(2026, 6, 1), new("Firm outing, day", "Firm outing, day"), false), new Holiday(new(2026, 6, 2), new("Firm outing, day", "Firm outing, day"), false));
        reading.PassedOver.Should().Be(3);
        reading.LastYear.Should().Be(2026);
    }

    [Theory]
    [InlineData("春节（休）", false)]
    [InlineData("春节（班）", true)]
    [InlineData("国庆节补班", true)]
    [InlineData("班布里奇日假期", false)]
    [InlineData("National Day (make-up working day)", true)]
    [InlineData("National Day", false)]
    public void Read_ASummary_TellsMakeUpDays(string summary, bool isWorkingDay) =>
        Read(Event("DTSTART:20270207", $"SUMMARY:{summary}")).Days.Should().ContainSingle().Which.IsWorkingDay.Should().Be(isWorkingDay);

    [Theory]
    [InlineData("P2D", 2)]
    [InlineData("P1W", 7)]
    public void Read_ALengthInDays_Counts(string length, int days) =>
        Read(Event("DTSTART:20260601", $"DURATION:{length}")).Days.Should().HaveCount(days);

    [Fact]
    public void Read_RulesOfAZone_AreNotThoseOfAnEvent()
    {
        IcsReading reading = Read(
            "BEGIN:VTIMEZONE\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\nRRULE:FREQ=YEARLY\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
            + "BEGIN:VEVENT\nDTSTART:20260601\nBEGIN:VALARM\nSUMMARY:Wake up\nDURATION:PT15M\nEND:VALARM\nSUMMARY:Outing\nEND:VEVENT\n");

        reading.Faults.Should().BeEmpty();
        reading.Days.Should().ContainSingle().Which.Name.En.Should().Be("Outing");
    }

    [Theory]
    [InlineData("DTSTART:20261301", 3, "*'20261301'*YYYYMMDD*")]
    [InlineData("DTSTART:20260230", 3, "*'20260230'*")]
    [InlineData("DTSTART:00010101", 3, "*2000 to 2200*")]
    [InlineData("DTSTART:99991231", 3, "*2000 to 2200*")]
    [InlineData("DTSTART;VALUE=DATE:20260601T090000", 3, "*YYYYMMDD*")]
    [InlineData("DTSTART:20260105\nRRULE:FREQ=YEARLY;COUNT=99999999", 4, "*repeats ('RRULE')*")]
    [InlineData("DTSTART:20260105\nRDATE;VALUE=DATE:20260105,20260105", 4, "*repeats ('RDATE')*")]
    [InlineData("DTSTART:20260105\nDTEND:20260105", 2, "*at least one day*")]
    [InlineData("DTSTART:20260105\nDTEND:20280105", 2, "*at most 366*")]
    [InlineData("DTSTART:20260105\nDURATION:PT36H", 4, "*'PT36H'*whole days*")]
    [InlineData("SUMMARY:Some day", 2, "*no date*")]
    public void Read_ABadEvent_NamesTheLineAndTheRule(string lines, int line, string message)
    {
        IcsReading reading = Read($"BEGIN:VEVENT\n{lines}\nEND:VEVENT\n");

        IcsFault fault = reading.Faults.Should().ContainSingle().Subject;
        fault.Line.Should().Be(line);
        fault.Message.En.Should().Match(message);
        fault.Message.ZhCn.Should().NotBe(fault.Message.En);
    }

    [Fact]
    public void Read_ManyFaults_TellsThemAllAtOnceUpToALimit()
    {
        IcsHolidays.Read("BEGIN:VEVENT\nDTSTART:20261301\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20260105\n").Faults.Select(fault => fault.Line).Should().Equal(2, 1, 4);
        Read(string.Concat(Enumerable.Repeat(Event("DTSTART:2026"), 500))).Faults.Should().HaveCount(IcsHolidays.MostFaults);
    }

    [Fact]
    public void Read_HostileFiles_EndsWithAFaultAndInLittleMemory()
    {
        string folded = "BEGIN:VEVENT\nSUMMARY:x\n" + string.Concat(Enumerable.Repeat(" y\n", 200_000)) + "DTSTART:20260101\nEND:VEVENT\n";
        string nested = string.Concat(Enumerable.Repeat("BEGIN:VEVENT\n", 20_000));
        StringBuilder days = new();
        for (int i = 0; i < 40; i++)
            days.Append(Event($"DTSTART:{2000 + (i * 2)}0101", $"DTEND:{2000 + (i * 2)}1231"));

        Read(folded).Faults.Should().ContainSingle().Which.Message.En.Should().Contain("8000 characters");
        Read(nested).Faults.Should().HaveCount(IcsHolidays.MostFaults);
        Read(days.ToString()).Faults.Should().ContainSingle().Which.Message.En.Should().Contain("more than 5000 days");
        Read(new string('x', IcsHolidays.MaxCharacters)).Faults.Should().ContainSingle().Which.Message.En.Should().Contain("at most 1000000");
        Read("\0\0\0").Faults.Should().BeEmpty();
    }

    [Fact]
    public void Read_AnyText_NeverThrows()
    {
        Gen<string> line = Gen.Elements(
            "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "DTSTART:20260101", "DTEND:20260103", "DTEND:20250101", "DTSTART:", "DTSTART:x",
            "DURATION:P", "DURATION:P9999D", "DURATION:PXD", "SUMMARY:", "SUMMARY:\\", " folded", "\t", "", ":", ";", "RRULE:FREQ=SECONDLY", "STATUS:CANCELLED", "\uFEFF");
        Prop.ForAll(Gen.ListOf(line).ToArbitrary(), lines =>
        {
            IcsReading reading = IcsHolidays.Read(string.Join("\n", lines));
            return reading.Days.Count <= IcsHolidays.MostDays + 366 && reading.Faults.All(fault => fault.Line >= 1 && fault.Line <= Math.Max(1, lines.Count));
        }).QuickCheckThrowOnFailure();
    }

    private static IcsReading Read(string events) => IcsHolidays.Read("BEGIN:VCALENDAR\n" + events + "END:VCALENDAR\n");

    private static string Event(params string[] lines) => $"BEGIN:VEVENT\n{string.Join("\n", lines)}\nEND:VEVENT\n";
}
