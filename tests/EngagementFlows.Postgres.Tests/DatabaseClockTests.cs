using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests;

public sealed class DatabaseClockTests
{
    private readonly SteppedTime _time = new();
    private readonly DatabaseClock _clock;

    public DatabaseClockTests() => _clock = new DatabaseClock(_time);

    private DateTimeOffset True => _time.Steady.GetUtcNow() + TimeSpan.FromMinutes(3);

    [Fact]
    public void Observe_FirstInstant_SetsTheOffset()
    {
        _clock.Observe(True);

        _clock.Now.Should().Be(True);
    }

    // A process that was frozen between the database's answer and its reading (SIGSTOP, a busy machine) must not fall behind: its timers would fire early.
    [Fact]
    public void Observe_InstantThatIsOldWhenItIsRead_DoesNotSetTheClockBack()
    {
        _clock.Observe(True);
        DateTimeOffset old = True;
        _time.Steady.Advance(TimeSpan.FromSeconds(9));

        _clock.Observe(old);

        _clock.Now.Should().Be(True);
    }

    [Fact]
    public void Observe_AfterABadMeasurement_FollowsTheBetterOne()
    {
        _clock.Observe(True - TimeSpan.FromSeconds(5));

        _clock.Observe(True);

        _clock.Now.Should().Be(True);
    }

    [Fact]
    public void Observe_DatabaseSetBack_IsFollowedAfterAWhile()
    {
        _clock.Observe(True);
        for (int second = 0; second < 25; second++)
        {
            _time.Steady.Advance(TimeSpan.FromSeconds(1));
            _clock.Observe(True - TimeSpan.FromMinutes(1));
        }

        _clock.Now.Should().Be(True - TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(24)]
    [InlineData(-24)]
    public void Now_WallClockOfTheMachineIsSet_StaysTheDatabases(int hours)
    {
        _clock.Observe(True);

        _time.Step = TimeSpan.FromHours(hours);

        _clock.Now.Should().Be(True);
        _time.Steady.Advance(TimeSpan.FromMinutes(1));
        _clock.Observe(True);
        _clock.Now.Should().Be(True);
    }

    /// <summary>A machine whose wall clock somebody sets while its steady time goes on.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        public TestClock Steady { get; } = new();

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => Steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Steady.GetUtcNow() + Step;

        public override long GetTimestamp() => Steady.GetTimestamp();
    }
}
