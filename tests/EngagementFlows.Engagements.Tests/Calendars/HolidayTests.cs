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
    public void Days_OfChina_HoldMakeUpDaysAndTheCountrysName()
    {
        HolidayTable china = HolidayTables.Find("CN")!;

        china.Name.Should().Be(new Engine.LocalizedText("China", "中国"));
        china.FirstYear.Should().BeLessThanOrEqualTo(2024);
        china.Days.Count(day => day.IsWorkingDay && day.Date.Year == 2026).Should().BeGreaterThan(3);
        china.Days.Should().BeInAscendingOrder(day => day.Date);
    }

    [Fact]
    public void KnownThrough_AYear_NeverTakesBackWhatIsPublished()
    {
        HolidayTable china = HolidayTables.Find("CN")!;

        china.KnownThrough(china.PublishedThrough + 1).PublishedThrough.Should().Be(china.PublishedThrough + 1);
        china.KnownThrough(2000).PublishedThrough.Should().Be(china.PublishedThrough);
    }
}
