using System.Globalization;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

/// <summary>Tasks that are due on a date, as minutes and plans name it. Now is Monday 2026-03-02 at 17:00 in Shanghai.</summary>
public sealed class DueOnTests
{
    [Theory]
    [InlineData("2026-03-05", "2026-03-05T10:00:00Z")]
    [InlineData("2026-03-07", "2026-03-09T10:00:00Z")]
    [InlineData("2026-03-02", "2026-03-02T10:00:00Z")]
    [InlineData("2026-02-01", "2026-03-02T10:00:00Z")]
    [InlineData("2026-05-04T15:00:00Z", "2026-05-04T15:00:00Z")]
    [InlineData("2026-05-04T15:00:00+08:00", "2026-05-04T07:00:00Z")]
    [InlineData("2026-01-04T15:00:00Z", "2026-03-02T10:00:00Z")]
    public void Execute_DueOn_IsTheEndOfThatWorkingDayAndNeverPast(string dueOn, string due) =>
        Opened(new() { ["dueOn"] = dueOn }).DueAt.Should().Be(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture));

    [Fact]
    public void Execute_DueOnThisDayAfterHours_IsDueAtTheEndOfTheNextWorkingDay() =>
        Opened(new() { ["dueOn"] = "2026-03-02" }, FakeContext.Start.AddHours(2)).DueAt.Should().Be(new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Execute_DueOnInAYearThatIsNotPublished_IsProvisional() =>
        Opened(new() { ["dueOn"] = "2041-03-05" }).DueIsProvisional.Should().BeTrue();

    [Fact]
    public void Execute_DueOn_TimesOutThen()
    {
        ActivityResult result = new AssignTask().Execute(Context(new() { ["dueOn"] = "2026-03-05" }, FakeContext.Start));

        result.Waits.Single(wait => wait.Name == WaitNames.TimeOut).DueAt.Should().Be(new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Execute_DueOnAndStaysOpen_RemindsAndEscalatesFromThatDateOn()
    {
        FakeContext context = Context(new() { ["dueOn"] = "2026-03-19", ["staysOpen"] = true, ["remindEvery"] = "2 working days", ["reminders"] = 3L, ["escalateAfter"] = "5 working days" }, FakeContext.Start);

        ActivityResult result = new AssignTask().Execute(context);

        ReminderPlan.Load(context.State).Instants.Should().Equal(
            new DateTimeOffset(2026, 3, 19, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 23, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 25, 10, 0, 0, TimeSpan.Zero));
        result.Waits.Single(wait => wait.Name == WaitNames.Reminder).DueAt.Should().Be(new DateTimeOffset(2026, 3, 19, 10, 0, 0, TimeSpan.Zero), "who was given a date is not pressed before it");
        result.Waits.Single(wait => wait.Name == WaitNames.Escalation).DueAt.Should().Be(new DateTimeOffset(2026, 3, 26, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Execute_DueOnAndEndsThen_RemindsBeforeThatDate()
    {
        ActivityResult result = new AssignTask().Execute(Context(new() { ["dueOn"] = "2026-03-19", ["remindEvery"] = "2 working days" }, FakeContext.Start));

        result.Waits.Single(wait => wait.Name == WaitNames.Reminder).DueAt.Should().Be(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Execute_DueOnBlank_HasNoDate() => Opened(new() { ["dueOn"] = " " }).DueAt.Should().BeNull();

    [Theory]
    [InlineData("next week", null, "*'dueOn' is 'next week'*2026-05-04*")]
    [InlineData("2026-02-30", null, "*'dueOn' is '2026-02-30'*")]
    [InlineData("2026-05-04", "3 working days", "*'dueOn'*'dueIn' is given as well*")]
    public void Execute_DueOnThatCannotBe_SaysTheRule(string dueOn, string? dueIn, string words)
    {
        Action open = () => Opened(new() { ["dueOn"] = dueOn, ["dueIn"] = dueIn });

        open.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    private static TaskOpened Opened(PlainObject inputs, DateTimeOffset? now = null) =>
        new AssignTask().Execute(Context(inputs, now ?? FakeContext.Start)).Effects.OfType<TaskOpened>().Single();

    private static FakeContext Context(PlainObject inputs, DateTimeOffset now)
    {
        inputs["title"] = "Do it";
        return new(inputs) { Clock = now, House = new RehearsedHouse((PlainObject)PlainJson.Parse("""{ "firm": { "zone": "Asia/Shanghai", "country": "cn" } }""")!) };
    }
}
