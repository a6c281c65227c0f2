using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Tests.Languages;

public sealed class ReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 6, 5, 9, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void FullDate_InEnglish_HasWeekdayAndYear() =>
        new Reader(Language.English, Shanghai, Now).FullDate(Now).Should().Be("Tue 3 Mar 2026");

    [Fact]
    public void FullDate_InChinese_HasWeekdayInFullWidthBrackets() =>
        new Reader(Language.Chinese, Shanghai, Now).FullDate(Now).Should().Be("2026年3月3日（周二）");

    [Fact]
    public void Moment_OfThisYear_LeavesTheYearOut()
    {
        new Reader(Language.English, Shanghai, Now).Moment(Now).Should().Be("Tue 3 Mar, 14:05");
        new Reader(Language.Chinese, Shanghai, Now).Moment(Now).Should().Be("3月3日（周二）14:05");
    }

    [Fact]
    public void Moment_OfAnotherYearInTheReadersZone_NamesTheYear()
    {
        // Still 2025 in UTC, already 2026 in Shanghai: the reader's own calendar counts.
        DateTimeOffset newYear = new(2025, 12, 31, 17, 0, 0, TimeSpan.Zero);

        new Reader(Language.English, Shanghai, Now).Moment(newYear).Should().Be("Thu 1 Jan, 01:00");
        new Reader(Language.English, TimeZoneInfo.Utc, Now).Moment(newYear).Should().Be("Wed 31 Dec 2025, 17:00");
    }

    [Fact]
    public void Exact_SaysZoneAndUtc() =>
        new Reader(Language.English, Shanghai, Now).Exact(Now).Should().Be("Tue 3 Mar 2026 14:05:09 Asia/Shanghai (2026-03-03 06:05:09Z)");

    [Theory]
    [InlineData(30, "30 seconds", "30 秒")]
    [InlineData(60, "1 minute", "1 分钟")]
    [InlineData(3 * 3600, "3 hours", "3 小时")]
    [InlineData(5 * 86400, "5 days", "5 天")]
    public void Span_InBothLanguages_IsInItsLargestUnit(int seconds, string english, string chinese)
    {
        Language.English.Span(TimeSpan.FromSeconds(-seconds)).Should().Be(english);
        Language.Chinese.Span(TimeSpan.FromSeconds(seconds)).Should().Be(chinese);
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("de-DE,de;q=0.9,zh-TW;q=0.5", "zh-CN")]
    [InlineData("en-GB,zh", "en")]
    [InlineData("fr", "en")]
    [InlineData("", "en")]
    public void Preferred_ByTheBrowser_IsTheFirstThatWeSpeak(string header, string tag) => Language.Preferred(header).Tag.Should().Be(tag);
}
