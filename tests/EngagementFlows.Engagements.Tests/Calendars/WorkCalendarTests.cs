using EngagementFlows.Engagements.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = Calendar("Asia/Shanghai", HolidayTables.Find("CN"));
    private static readonly WorkCalendar Plain = Calendar("Europe/Berlin", null);

    // Zones with a change of an hour, of half an hour, with an odd offset, with none, and one that skipped a whole day.
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Shanghai", "Pacific/Apia"];

    [Theory]
    [InlineData("2026-02-14", true, "a Saturday that makes up for Spring Festival")]
    [InlineData("2026-02-15", false, "Spring Festival")]
    [InlineData("2026-02-23", false, "its last day")]
    [InlineData("2026-02-24", true, "the day after")]
    [InlineData("2026-02-28", true, "the second make-up Saturday")]
    [InlineData("2026-03-07", false, "an ordinary Saturday")]
    public void IsWorkingDay_ChineseSpring2026_FollowsThePublishedDays(string date, bool expected, string because) =>
        China.IsWorkingDay(DateOnly.Parse(date)).Should().Be(expected, because);

    [Fact]
    public void Add_WorkingDaysOverSpringFestival_CountsMakeUpDaysAndSkipsTheHolidays() =>
        China.Add(At("2026-02-13T10:30:00+08:00"), new WorkingDays(3)).At.Should().Be(At("2026-02-25T10:30:00+08:00"));

    [Theory]
    [InlineData("2026-03-02T08:00:00+01:00", "2026-03-03T09:00:00+01:00", "before opening: at opening")]
    [InlineData("2026-03-02T12:30:00+01:00", "2026-03-03T13:00:00+01:00", "in the break: at its end")]
    [InlineData("2026-03-02T22:00:00+01:00", "2026-03-03T18:00:00+01:00", "after closing: at closing")]
    [InlineData("2026-03-06T10:00:00+01:00", "2026-03-09T10:00:00+01:00", "over a weekend")]
    public void Add_OneWorkingDay_KeepsTheTimeWithinTheDaysHours(string from, string expected, string because) =>
        Plain.Add(At(from), new WorkingDays(1)).At.Should().Be(At(expected), because);

    [Theory]
    [InlineData("2026-03-02T09:00:00+01:00", 8, "2026-03-02T18:00:00+01:00")]
    [InlineData("2026-03-02T11:00:00+01:00", 2, "2026-03-02T14:00:00+01:00")]
    [InlineData("2026-03-06T17:00:00+01:00", 16, "2026-03-10T17:00:00+01:00")]
    [InlineData("2026-03-07T11:00:00+01:00", 0, "2026-03-09T09:00:00+01:00")]
    public void Add_WorkingHours_SkipsBreaksNightsAndWeekends(string from, int hours, string expected) =>
        Plain.Add(At(from), new WorkingHours(TimeSpan.FromHours(hours))).At.Should().Be(At(expected));

    [Fact]
    public void Add_IntoAYearThatIsNotPublished_IsProvisional()
    {
        China.Add(At("2026-12-31T10:00:00+08:00"), new WorkingDays(1)).IsProvisional.Should().BeTrue();
        China.Add(At("2026-12-30T10:00:00+08:00"), new WorkingDays(1)).IsProvisional.Should().BeFalse();
    }

    [Fact]
    public void Between_WorkingHoursAfterAnInstant_GivesThemBack() => Check((from, length, calendar) =>
        calendar.Between(from, calendar.Add(from, new WorkingHours(length)).At) == length);

    [Fact]
    public void Before_WorkingHours_LeavesSoMuchWorkingTimeBetween() => Check((at, length, calendar) =>
        calendar.Between(calendar.Before(at, new WorkingHours(length)).At, at) == length);

    [Theory]
    [InlineData("2026-02-25T10:30:00+08:00", 2, "2026-02-14T10:30:00+08:00", "over Spring Festival to the make-up Saturday before it")]
    [InlineData("2026-03-03T22:00:00+08:00", 1, "2026-03-02T18:00:00+08:00", "after closing: at closing")]
    public void Before_WorkingDays_KeepsTheTimeWithinTheDaysHours(string at, int days, string expected, string because) =>
        China.Before(At(at), new WorkingDays(days)).At.Should().Be(At(expected), because);

    [Fact]
    public void Add_MoreWorkingHours_IsNeverEarlier() => Check((from, length, calendar) =>
        calendar.Add(from, new WorkingHours(length)).At <= calendar.Add(from, new WorkingHours(length + TimeSpan.FromMinutes(7))).At);

    [Fact]
    public void Add_WorkingHoursInTwoParts_EqualsTheWhole() => Check((from, length, calendar) =>
        calendar.Add(calendar.Add(from, new WorkingHours(length)).At, new WorkingHours(length)).At == calendar.Add(from, new WorkingHours(length + length)).At
        || length == TimeSpan.Zero);

    [Fact]
    public void Add_WorkingDays_EndsOnThatManyWorkingDaysLater() => Check((from, length, calendar) =>
    {
        int count = 1 + (int)(length.TotalMinutes % 40);
        CalendarInstant result = calendar.Add(from, new WorkingDays(count));
        return result.At > from.AddDays(count - 2) && calendar.Add(from, new WorkingDays(count + 1)).At > result.At;
    });

    [Fact]
    public void Constructor_WeekWithoutHours_SaysSo()
    {
        Action make = () => _ = new WorkingWeek(new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>>(), []);

        make.Should().Throw<ArgumentException>().WithMessage("*no working hours*");
    }

    private static void Check(Func<DateTimeOffset, TimeSpan, WorkCalendar, bool> law)
    {
        DateTimeOffset epoch = At("2024-01-01T00:00:00Z");
        Gen<(DateTimeOffset, TimeSpan, WorkCalendar)> cases =
            from minutes in Gen.Choose(0, 4 * 366 * 1440)
            from length in Gen.Choose(0, 200 * 60)
            from zone in Gen.Elements(Zones)
            from holidays in Gen.Elements("CN", "US", "")
            select (epoch.AddMinutes(minutes), TimeSpan.FromMinutes(length), Calendar(zone, HolidayTables.Find(holidays)));
        Prop.ForAll(cases.ToArbitrary(), @case => law(@case.Item1, @case.Item2, @case.Item3)).QuickCheckThrowOnFailure();
    }

    private static WorkCalendar Calendar(string zone, HolidayTable? holidays) =>
        new("test", "1", TimeZoneInfo.FindSystemTimeZoneById(zone), WorkingWeek.Usual, holidays);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
