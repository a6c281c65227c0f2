using EngagementFlows.Engagements.Schedules;

namespace EngagementFlows.Engagements.Tests.Schedules;

public sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleDraft Good = new() { Name = "Monthly report", DefinitionId = "report", Kind = "cron", Expression = "0 9 1 * *", Zone = "Europe/Berlin" };

    [Fact]
    public void Check_GoodDraft_HasSettingsAndDefaults()
    {
        ScheduleReading reading = ScheduleRules.Check(Good, null, Now);

        reading.Faults.Should().BeEmpty();
        reading.Settings!.Should().BeEquivalentTo(new { Name = "Monthly report", DefinitionId = "report", Overlap = OverlapPolicy.Start, FreeDays = FreeDayPolicy.Keep, StartsAt = Now });
        reading.Timing!.Next(Now).Should().Be(new DateTimeOffset(2026, 4, 1, 7, 0, 0, TimeSpan.Zero));
    }

    public static TheoryData<string, ScheduleDraft> Bad => new()
    {
        { "name", Good with { Name = " " } },
        { "name", Good with { Name = new string('x', 201) } },
        { "name", Good with { Name = "a\nb" } },
        { "definitionId", Good with { DefinitionId = null } },
        { "definitionId", Good with { EventName = "Both" } },
        { "correlationId", Good with { CorrelationId = new string('x', 301) } },
        { "forEach", Good with { DefinitionId = null, EventName = "Event", IsForEach = true } },
        { "forEach", Good with { IsForEach = true, Stages = ["nowhere"] } },
        { "forEach", Good with { IsForEach = true, Tiers = [4] } },
        { "correlationId", Good with { IsForEach = true, CorrelationId = "E-1" } },
        { "overlap", Good with { IsForEach = true, Overlap = "queue" } },
        { "overlap", Good with { Overlap = "never" } },
        { "overlap", Good with { DefinitionId = null, EventName = "Event", Overlap = "skip" } },
        { "misfire", Good with { Misfire = "sometimes" } },
        { "kind", Good with { Kind = "moon" } },
        { "kind", Good with { Kind = null } },
        { "expression", Good with { Expression = "" } },
        { "expression", Good with { Expression = "0 9 1 *" } },
        { "expression", Good with { Expression = "0 0 9 1 * *" } },
        { "expression", Good with { Kind = "cron_with_seconds" } },
        { "expression", Good with { Expression = "0 9 31 2 *" } },
        { "expression", Good with { Kind = "rrule", Expression = "FREQ=SOMETIMES", StartsAt = "2026-03-02T09:00" } },
        { "expression", Good with { Kind = "rrule", Expression = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", StartsAt = "2026-03-02T09:00" } },
        { "expression", Good with { Kind = "rrule", Expression = "FREQ=DAILY;COUNT=3", StartsAt = "2025-03-02T09:00" } },
        { "startsAt", Good with { Kind = "rrule", Expression = "FREQ=DAILY" } },
        { "expression", Good with { Kind = "interval", Expression = "0 minutes" } },
        { "expression", Good with { Kind = "interval", Expression = "366 days" } },
        { "expression", Good with { Kind = "interval", Expression = "999999 weeks" } },
        { "expression", Good with { Kind = "interval", Expression = "00:00:00.5" } },
        { "expression", Good with { Kind = "interval", Expression = "often" } },
        { "zone", Good with { Zone = "Mars/Olympus" } },
        { "zone", Good with { Zone = null } },
        { "zone", Good with { Zone = "China Standard Time" } },
        { "startsAt", Good with { StartsAt = "soon" } },
        { "startsAt", Good with { StartsAt = "9999-12-31T23:00" } },
        { "startsAt", Good with { StartsAt = "9999-12-31T23:00:00-08:00" } },
        { "startsAt", Good with { Kind = "interval", Expression = "1 hour", StartsAt = "0001-01-01T00:00" } },
        { "startsAt", Good with { Kind = "rrule", Expression = "FREQ=DAILY", StartsAt = "0001-01-01T00:00:00Z" } },
        { "endsAt", Good with { EndsAt = "9999-12-31T23:59" } },
        { "endsAt", Good with { StartsAt = "2026-05-01T00:00", EndsAt = "2026-04-01T00:00" } },
        { "endsAt", Good with { EndsAt = "2026-03-31T09:00" } },
        { "calendar", Good with { FreeDays = "skip" } },
        { "calendar", Good with { Calendar = "nobody", FreeDays = "skip" } },
        { "freeDays", Good with { Calendar = "nobody", FreeDays = "keep" } },
        { "freeDays", Good with { FreeDays = "sleep" } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_BadDraft_NamesTheFieldAndSaysWhatToDoInBothLanguages(string field, ScheduleDraft draft)
    {
        ScheduleReading reading = ScheduleRules.Check(draft, null, Now);

        reading.Settings.Should().BeNull();
        reading.Faults.Select(fault => fault.Field).Should().Contain(field);
        reading.Faults.Should().OnlyContain(fault => fault.Text.En.EndsWith('.') && fault.Text.ZhCn.EndsWith('。'));
    }

    [Fact]
    public void Check_MuchIsWrong_SaysItAllAtOnce() =>
        ScheduleRules.Check(new() { Overlap = "x", Misfire = "y", Kind = "z", Zone = "?" }, null, Now).Faults.Select(fault => fault.Field).Should().Contain(["name", "definitionId", "overlap", "misfire", "kind", "zone"]);

    [Theory]
    [InlineData("*/30 * * * *")]
    [InlineData("* * * * *")]
    public void Check_TooFrequentToBeMoved_IsRefused(string cron)
    {
        Engagements.Calendars.WorkCalendar firm = new("firm", "1", TimeZoneInfo.Utc, Engagements.Calendars.WorkingWeek.Usual, null);

        ScheduleRules.Check(Good with { Expression = cron, Calendar = "firm", FreeDays = "after" }, firm, Now).Faults.Single().Field.Should().Be("freeDays");
        ScheduleRules.Check(Good with { Expression = cron, Calendar = "firm", FreeDays = "skip" }, firm, Now).Faults.Should().BeEmpty();
        ScheduleRules.Check(Good with { Expression = "0 * * * *", Calendar = "firm", FreeDays = "after" }, firm, Now).Faults.Should().BeEmpty();
    }
}
