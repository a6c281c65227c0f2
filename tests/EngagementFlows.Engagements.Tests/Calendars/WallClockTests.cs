using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:00:00Z", "skipped: the instant of the change")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z", "comes twice: the first")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00Z", "a gap of half an hour")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00Z", "a day that never was")]
    [InlineData("Asia/Kathmandu", "2026-01-01T05:45:00", "2026-01-01T00:00:00Z", "an odd offset")]
    [InlineData("Asia/Shanghai", "2026-02-17T09:00:00", "2026-02-17T01:00:00Z", "an ordinary time")]
    [InlineData("America/New_York", "9999-12-31T23:00:00", "9999-12-29T04:59:59.9999999Z", "there is no later one")]
    [InlineData("UTC", "0001-01-01T00:00:00", "0001-01-04T00:00:00Z", "there is no earlier one")]
    public void ToInstant_LocalTime_IsTheInstantThatPeopleMean(string zone, string local, string expected, string because) =>
        WallClock.ToInstant(DateTime.Parse(local), TimeZoneInfo.FindSystemTimeZoneById(zone)).Should().Be(DateTimeOffset.Parse(expected), because);
}
