using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class HolidayTests
{
    [Fact]
    public void Find_EachCountry_HasDatesUntilItsLastPublishedYear()
    {
        HolidayTables.Countries.Should().Contain(["CN", "HK", "JP", "SG", "US", "GB", "DE"]);
        foreach (string country in HolidayTables.Countries)
        {
            HolidayTable table = HolidayTables.Find(country)!;
            table.Find(new DateOnly(table.PublishedThrough, 1, 1)).Should().NotBeNull($"New Year's Day is free in {country}");
            table.Source.Should().StartWith("npm ");
        }
    }

    [Fact]
    public void Find_ChineseNames_AreInBothLanguages() =>
        HolidayTables.Find("CN")!.Find(new DateOnly(2026, 10, 1))!.Name.Should().Be(new Engine.LocalizedText("National Day", "国庆节"));

    [Fact]
    public void Read_IcsWithFoldedAndTimedEvents_TakesWholeDays()
    {
        const string file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Firm\r\n  outing\\, day\r\nDTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nSUMMARY:Lunch\r\nDTSTART:20260610T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        HolidayTable table = IcsHolidays.Read("firm", file, out IReadOnlyList<string> faults)!;

        faults.Should().BeEmpty();
        table.Find(new DateOnly(2026, 6, 1))!.Name.En.Should().Be("Firm outing, day");
        table.Find(new DateOnly(2026, 6, 2)).Should().NotBeNull();
        table.Find(new DateOnly(2026, 6, 3)).Should().BeNull();
        table.Find(new DateOnly(2026, 6, 10)).Should().BeNull();
    }

    [Fact]
    public void Read_BadIcs_NamesAllFaultsWithTheirLines()
    {
        const string file = "BEGIN:VEVENT\nDTSTART:20261301\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20260105\nDTEND:20260105\nRRULE:FREQ=YEARLY\nEND:VEVENT\n";

        IcsHolidays.Read("firm", file, out IReadOnlyList<string> faults).Should().BeNull();

        faults.Should().HaveCount(4);
        faults.Should().ContainMatch("Line 2: '20261301'*").And.ContainMatch("Line 7: *repeats*").And.ContainMatch("Line 4: *at least one day*").And.ContainMatch("*BEGIN:VCALENDAR*");
    }
}
