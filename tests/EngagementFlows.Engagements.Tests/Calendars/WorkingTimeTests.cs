using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class WorkingTimeTests
{
    [Theory]
    [InlineData("2 working days", 2)]
    [InlineData(" 1 Working Day ", 1)]
    [InlineData("3个工作日", 3)]
    [InlineData("10 工作日", 10)]
    public void TryParse_Days_AreDays(string text, int days)
    {
        WorkingTime.TryParse(text, out WorkingTime? time).Should().BeTrue();
        time.Should().Be(new WorkingDays(days));
    }

    [Theory]
    [InlineData("16 working hours", 960)]
    [InlineData("1.5 working hours", 90)]
    [InlineData("4个工作小时", 240)]
    public void TryParse_Hours_AreHours(string text, int minutes)
    {
        WorkingTime.TryParse(text, out WorkingTime? time).Should().BeTrue();
        time.Should().Be(new WorkingHours(TimeSpan.FromMinutes(minutes)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2 days")]
    [InlineData("1.5 working days")]
    [InlineData("-1 working days")]
    [InlineData("1001 working days")]
    [InlineData("9000 working hours")]
    [InlineData("2 working days and more")]
    public void TryParse_AnythingElse_IsRefused(string? text) => WorkingTime.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void ToString_OfEither_CanBeReadBack()
    {
        foreach (WorkingTime time in new WorkingTime[] { new WorkingDays(1), new WorkingDays(7), new WorkingHours(TimeSpan.FromHours(1)), new WorkingHours(TimeSpan.FromMinutes(90)) })
        {
            WorkingTime.TryParse(time.ToString(), out WorkingTime? back).Should().BeTrue();
            back.Should().Be(time);
        }
    }
}
