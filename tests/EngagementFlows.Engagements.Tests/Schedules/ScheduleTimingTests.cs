using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Schedules;

public sealed class ScheduleTimingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
    [Theory]
    [InlineData("cron", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("cron", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("cron", "30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("cron_with_seconds", "15 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:15Z")]
    [InlineData("rrule", "FREQ=DAILY", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("rrule", "FREQ=DAILY", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("rrule", "FREQ=DAILY", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("rrule", "FREQ=DAILY", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("interval", "1 day", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")] // 24 hours are 24 hours.
    [InlineData("interval", "30分钟", "2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z")]
    public void Next_AroundChangesOfTheClock_ComesTrueOnceAsPromised(string kind, string expression, string after, string expected) =>
        Timing(new() { Kind = kind, Expression = expression, Zone = "Europe/Berlin", StartsAt = "2026-01-02T02:30" }).Next(DateTimeOffset.Parse(after)).Should().Be(DateTimeOffset.Parse(expected));

    // Good Friday and Easter Monday 2026 are 3 and 6 April; 4 and 5 are a weekend.
    [Theory]
    [InlineData("keep", null, "04-03 04-04 04-05 04-06 04-07")]
    [InlineData("skip", "DE", "04-07 04-08 04-09 04-10 04-13")]
    [InlineData("after", "DE", "04-07 04-08 04-09 04-10 04-13")]
    [InlineData("before", "DE", "04-07 04-08 04-09 04-10 04-13")]
    public void Upcoming_DailyOverHolidays_MeetsEachWorkingDayOnce(string freeDays, string? calendar, string dates) =>
        Shown(Timing(Daily(freeDays, calendar, "0 9 * * *")).Upcoming(DateTimeOffset.Parse("2026-04-02T12:00:00Z"), 5)).Should().Be(dates);

    [Theory]
    [InlineData("skip", "06-03 07-03 08-03")]
    [InlineData("before", "04-02 04-30 06-03")] // 3 April is Good Friday; 3 May is a Sunday after 1 May.
    [InlineData("after", "04-07 05-04 06-03")]
    public void Upcoming_MonthlyOnAFreeDay_MovesAsWanted(string freeDays, string dates) =>
        Shown(Timing(Daily(freeDays, "DE", "0 9 3 * *")).Upcoming(DateTimeOffset.Parse("2026-03-20T12:00:00Z"), 3)).Should().Be(dates);

    [Fact]
    public void Next_ChineseMakeUpDay_IsAWorkingDay()
    {
        WorkCalendar china = Country("CN");
        DateOnly makeUp = Enumerable.Range(0, 365).Select(day => new DateOnly(2025, 1, 1).AddDays(day)).First(date => date.DayOfWeek == DayOfWeek.Sunday && china.IsWorkingDay(date));
        ScheduleTiming timing = Timing(new() { Kind = "cron", Expression = "0 9 * * SUN", Zone = "Asia/Shanghai", Calendar = "CN", FreeDays = "skip", StartsAt = "2025-01-01T00:00" }, china, new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

        DateTimeOffset next = timing.Next(new(makeUp.AddDays(-3).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))!.Value;

        DateOnly.FromDateTime(next.ToOffset(TimeSpan.FromHours(8)).DateTime).Should().Be(makeUp);
    }

    [Fact]
    public void Next_StartAndEnd_AreBothCounted()
    {
        ScheduleTiming timing = Timing(new() { Kind = "interval", Expression = "1 hour", Zone = "UTC", StartsAt = "2026-03-02T09:00:00Z", EndsAt = "2026-03-02T11:00:00+00:00" });

        timing.Upcoming(Now, 10).Select(instant => instant.At.Hour).Should().Equal(9, 10, 11);
    }

    // Whatever the cadence, calendar and policy: ahead, in order, on working days where days are moved, and the same from every place.
    [Fact]
    public void Next_AnyCadenceAndPolicy_LiesAheadOnAllowedDaysAndInOrder()
    {
        string[] crons = ["0 9 * * *", "30 2 * * *", "0 9 1,15 * *", "0 9 * * SAT,SUN", "0 9 31 * *", "0 */6 * * *", "15 9 L * *"];
        string[] zones = ["UTC", "Europe/Berlin", "Asia/Shanghai", "America/Santiago", "Australia/Lord_Howe"];
        string[] policies = ["keep", "skip", "before", "after"];
        Gen<(int Cron, int Zone, int Policy, int Hours)> gen =
            from cron in Gen.Choose(0, crons.Length - 1)
            from zone in Gen.Choose(0, zones.Length - 1)
            from policy in Gen.Choose(0, 3)
            from hours in Gen.Choose(0, 17_000)
            select (cron, zone, policy, hours);
        WorkCalendar germany = Country("DE");
        Prop.ForAll(gen.ToArbitrary(), one =>
        {
            bool hasCalendar = one.Policy > 0;
            ScheduleTiming? timing = ScheduleRules.Check(
                new() { Name = "n", DefinitionId = "d", Kind = "cron", Expression = crons[one.Cron], Zone = zones[one.Zone], Calendar = hasCalendar ? "DE" : null, FreeDays = hasCalendar ? policies[one.Policy] : null },
                hasCalendar ? germany : null,
                Now).Timing;
            if (timing is null)
                return crons[one.Cron].EndsWith("SUN", StringComparison.Ordinal) && policies[one.Policy] == "skip";
            DateTimeOffset after = Now.AddHours(one.Hours);
            IReadOnlyList<DateTimeOffset> instants = [.. timing.Upcoming(after, 8).Select(instant => instant.At)];
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zones[one.Zone]);
            return instants.Count == 8
                && instants[0] > after
                && instants.Zip(instants.Skip(1)).All(pair => pair.First < pair.Second)
                && instants.All(instant => !hasCalendar || germany.IsWorkingDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime)))
                && instants.All(instant => timing.Next(instant.AddTicks(-1)) == instant);
        }).QuickCheckThrowOnFailure();
    }

    // 2027 is not published here: 1 January is a Friday, the 2nd a Saturday; 1 January 2028 is a Saturday.
    [Theory]
    [InlineData("before", "0 9 1 * *", "2026-10-15", "2026-10-30 2026-12-01 2027-01-01? 2027-02-01?")]
    [InlineData("after", "0 9 31 12 *", "2026-10-15", "2026-12-31 2027-12-31? 2029-01-01? 2029-12-31?")]
    [InlineData("skip", "0 9 1 * *", "2026-10-15", "2026-12-01 2027-01-01? 2027-02-01? 2027-03-01?")]
    [InlineData("keep", "0 9 1 * *", "2026-12-15", "2027-01-01 2027-02-01 2027-03-01 2027-04-01")]
    public void Upcoming_InAYearThatIsNotPublished_IsMarkedWhereTheCalendarCounts(string freeDays, string cron, string after, string marked) =>
        Marked(Timing(Daily(freeDays, freeDays == "keep" ? null : "DE", cron), Through(2026), Now).Upcoming(DateTimeOffset.Parse($"{after}T00:00:00Z"), 4)).Should().Be(marked);

    [Fact]
    public void Upcoming_MovedBackOverTheEndOfTheLastPublishedYear_IsMarked()
    {
        ScheduleTiming timing = Timing(Daily("before", "DE", "0 9 1,31 * *"), Through(2027), Now);

        Marked(timing.Upcoming(DateTimeOffset.Parse("2027-11-15T00:00:00Z"), 3)).Should().Be("2027-12-01 2027-12-31? 2028-01-31?", "1 January 2028 is a Saturday, as far as is known");
    }

    private static WorkCalendar Through(int year) => new("DE", "1", Berlin, WorkingWeek.Usual, new HolidayTable("DE", "test", year, []));

    private static string Marked(IEnumerable<ScheduledInstant> instants) => string.Join(' ', instants.Select(instant =>
        TimeZoneInfo.ConvertTime(instant.At, Berlin).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + (instant.IsProvisional ? "?" : "")));

    private static ScheduleDraft Daily(string freeDays, string? calendar, string cron) =>
        new() { Kind = "cron", Expression = cron, Zone = "Europe/Berlin", Calendar = calendar, FreeDays = calendar is null ? null : freeDays };

    private static ScheduleTiming Timing(ScheduleDraft draft) => Timing(draft, draft.Calendar is { } code ? Country(code) : null, Now);

    private static ScheduleTiming Timing(ScheduleDraft draft, WorkCalendar? calendar, DateTimeOffset now)
    {
        ScheduleReading reading = ScheduleRules.Check(draft with { Name = "name", DefinitionId = "flow" }, calendar, now);
        reading.Faults.Should().BeEmpty();
        return reading.Timing!;
    }

    private static WorkCalendar Country(string code) => new(code, "1", Berlin, WorkingWeek.Usual, HolidayTables.For(code));

    private static string Shown(IEnumerable<ScheduledInstant> instants) => string.Join(' ', instants.Select(instant => TimeZoneInfo.ConvertTime(instant.At, Berlin).ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
}
