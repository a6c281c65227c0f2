using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class HostPauseTests
{
    [Fact]
    public void Failed_AgainAndAgain_PausesUpToFiveMinutes()
    {
        HostPause pause = new();
        TimeSpan now = TimeSpan.Zero;
        List<double> pauses = [];

        for (int failure = 0; failure < 40; failure++)
        {
            TimeSpan left = pause.Failed(now, now, "x");
            pauses.Add(left.TotalSeconds);
            now += left;
        }

        pauses.Take(10).Should().Equal(1, 2, 4, 8, 16, 32, 64, 128, 256, 300);
        pauses.Skip(10).Should().OnlyContain(seconds => seconds == 300);
    }

    [Fact]
    public void Failed_SideBySide_CountsOnce()
    {
        HostPause pause = new();

        pause.Failed(TimeSpan.Zero, TimeSpan.FromSeconds(30), "x");

        pause.Failed(TimeSpan.Zero, TimeSpan.FromSeconds(31), "x").Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Current_WithinAndAfter_TellsWhatIsLeft()
    {
        HostPause pause = new();
        pause.Failed(TimeSpan.Zero, TimeSpan.Zero, "away");

        pause.Current(TimeSpan.FromSeconds(0.4)).Should().Be((TimeSpan.FromSeconds(0.6), "away"));
        pause.Current(TimeSpan.FromSeconds(1)).Should().BeNull();
    }

    [Fact]
    public void Succeeded_AfterFailures_BeginsAnew()
    {
        HostPause pause = new();
        pause.Failed(TimeSpan.Zero, TimeSpan.Zero, "x");
        pause.Failed(TimeSpan.Zero, TimeSpan.Zero, "x");

        pause.Succeeded();

        pause.Current(TimeSpan.Zero).Should().BeNull();
        pause.Failed(TimeSpan.Zero, TimeSpan.Zero, "x").Should().Be(TimeSpan.FromSeconds(1));
    }
}
