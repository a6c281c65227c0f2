using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Definitions;

namespace EngagementFlows.Postgres.Tests.Definitions;

public sealed class FiringTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_InTime_FiresOnceAndMovesOn()
    {
        Firing firing = Decide(CatchUpPolicy.RunOnce, Due.AddSeconds(1));

        firing.Instants.Should().Equal(Due);
        firing.NextDueAt.Should().Be(Due.AddMinutes(1));
    }

    [Theory]
    [InlineData(CatchUpPolicy.RunOnce, 1)]
    [InlineData(CatchUpPolicy.RunAll, 11)]
    [InlineData(CatchUpPolicy.Skip, 1)]
    public void Decide_TenMinutesLate_FollowsThePolicy(CatchUpPolicy policy, int fired)
    {
        Firing firing = Decide(policy, Due.AddMinutes(10).AddSeconds(30));

        firing.Instants.Should().HaveCount(fired);
        firing.Instants[^1].Should().Be(Due.AddMinutes(10));
        firing.NextDueAt.Should().Be(Due.AddMinutes(11));
    }

    [Fact]
    public void Decide_RunAllAfterALongSleep_FiresAThousandAndLeavesTheRest()
    {
        Firing firing = Decide(CatchUpPolicy.RunAll, Due.AddDays(30));

        firing.Instants.Should().HaveCount(1000);
        firing.NextDueAt.Should().Be(Due.AddMinutes(1000));
    }

    [Fact]
    public void Decide_TinyIntervalAfterALongSleep_FiresOnceAndWalksOnlyPartOfTheWay()
    {
        int steps = 0;

        Firing firing = Firing.Decide(CatchUpPolicy.RunOnce, Due, Due.AddDays(1), TimeSpan.FromMinutes(1), after =>
        {
            steps++;
            return after.AddMilliseconds(1);
        });

        steps.Should().BeLessThanOrEqualTo(10_000);
        firing.Instants.Should().ContainSingle();
        firing.NextDueAt.Should().Be(Due.AddDays(1).AddMilliseconds(1));
    }

    [Fact]
    public void Decide_NoNextInstant_Ends() =>
        Firing.Decide(CatchUpPolicy.RunOnce, Due, Due, TimeSpan.FromMinutes(1), _ => null).Should().BeEquivalentTo(new Firing([Due], null));

    private static Firing Decide(CatchUpPolicy policy, DateTimeOffset now) => Firing.Decide(policy, Due, now, TimeSpan.FromMinutes(1), after => after.AddMinutes(1));
}
