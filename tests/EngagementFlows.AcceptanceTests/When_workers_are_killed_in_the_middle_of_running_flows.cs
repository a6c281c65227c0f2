using EngagementFlows.CrashDrill;

namespace EngagementFlows.AcceptanceTests;

public sealed class When_workers_are_killed_in_the_middle_of_running_flows
{
    [Fact]
    public async Task Should_lose_nothing_that_was_acknowledged_and_keep_every_invariant()
    {
        DrillReport report = await Drill.RunAsync(kills: 6, workers: 2, seed: 7, CancellationToken.None);

        report.IsClean.Should().BeTrue(report.ToString());
        report.Started.Should().BePositive();
        report.Woken.Should().BePositive();
    }
}
