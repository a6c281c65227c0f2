using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Promises;

public sealed class ClockActivitiesTests
{
    // A Friday, 10:00 in Shanghai; Monday is an ordinary day.
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 2, 0, 0, TimeSpan.Zero);

    private static readonly PlainObject House = new()
    {
        ["firm"] = new PlainObject { ["zone"] = "Asia/Shanghai", ["country"] = "CN" },
        ["promises"] = new PlainObject { ["vip"] = new PlainObject { ["answer"] = "1 working hour", ["solution"] = "1.00:00:00" } },
    };

    [Theory]
    [InlineData("limit", "16 working hours", "answer", "2026-03-10T02:00:00Z", "16 working hours")]
    [InlineData("class", "urgent", "answer", "2026-03-06T04:00:00Z", "2 working hours")]
    [InlineData("class", "urgent", "solution", "2026-03-09T02:00:00Z", "8 working hours")]
    [InlineData("class", "vip", "answer", "2026-03-06T03:00:00Z", "1 working hour")]
    [InlineData("class", "vip", "solution", "2026-03-07T02:00:00Z", "1.00:00:00")]
    public void Start_LimitOrClass_GivesTheInstantUntilWhichItIsKept(string input, string value, string figure, string due, string limit)
    {
        FakeContext context = Context((input, value), ("figure", figure));

        ActivityResult result = new StartClock().Execute(context);

        Clock clock = result.Effects.Should().ContainSingle().Which.Should().BeOfType<ClockStarted>().Subject.Clock;
        clock.DueAt.Should().Be(DateTimeOffset.Parse(due));
        clock.Limit.Should().Be(limit);
        clock.Class.Should().Be(input == "class" ? value : null);
        clock.Calendar.Should().Be("firm");
        clock.CalendarVersion.Should().Contain("chinese-days");
        (clock.StartedAt, clock.State, clock.IsProvisional).Should().Be((Friday, ClockState.Running, false));
        result.Outputs!["due"].Should().Be(clock.DueAt);
        result.Outputs["clock"].Should().Be(clock.Id.ToString("D"));
        result.Waits.Should().BeEmpty("a clock does not wait");
    }

    [Fact]
    public void Start_IntoAYearThatIsNotPublished_KeepsFromWhatItWasComputed()
    {
        FakeContext context = Context(("limit", "10 working days"));
        context.Clock = new(2026, 12, 25, 2, 0, 0, TimeSpan.Zero);

        ActivityResult result = new StartClock().Execute(context);

        Clock clock = ((ClockStarted)result.Effects[0]).Clock;
        clock.IsProvisional.Should().BeTrue();
        result.Outputs!["isProvisional"].Should().Be(true);
        result.Effects[1].Should().Be(new ProvisionalDateSet(
            ProvisionalKind.Clock, clock.Id, FakeContext.Engagement, null, "firm", clock.CalendarVersion, context.Clock, "10 working days", clock.DueAt));
    }

    [Theory]
    [InlineData("", "", "*limit*16 working hours*class*")]
    [InlineData("2 days", "", "*'2 days'*")]
    [InlineData("2 working days", "urgent", "*one of the two*")]
    [InlineData("", "grave", "*no class 'grave'*high, normal, urgent, vip*")]
    public void Start_WhatGivesNoLimit_SaysWhatToWrite(string limit, string promise, string message)
    {
        Action start = () => new StartClock().Execute(Context(("limit", limit), ("class", promise)));

        start.Should().Throw<ActivityFaultException>().WithMessage(message);
    }

    [Fact]
    public void Start_AClockThatRuns_GoesOnUnchanged()
    {
        FakeContext context = Context(("limit", "16 working hours"));
        ActivityResult first = Do(new StartClock(), context);
        context.Clock = Friday.AddHours(1);

        ActivityResult again = Do(new StartClock(), context);

        again.Effects.Should().BeEmpty();
        again.Outputs!["clock"].Should().Be(first.Outputs!["clock"]);
        again.Outputs["due"].Should().Be(first.Outputs["due"]);
    }

    [Theory]
    [InlineData("2026-03-06T03:15:00Z", true, "01:15:00")]
    [InlineData("2026-03-06T04:00:00Z", true, "02:00:00")]
    [InlineData("2026-03-06T04:00:01Z", false, "02:00:00")]
    [InlineData("2026-03-06T05:00:01Z", false, "02:00:01")]
    [InlineData("2026-03-09T01:30:00Z", false, "07:30:00")]
    public void Stop_InTimeOrLate_TellsItAndTheWorkingTime(string at, bool kept, string elapsed)
    {
        FakeContext context = Context(("class", "urgent"));
        Do(new StartClock(), context);
        context.Clock = DateTimeOffset.Parse(at);

        ActivityResult result = Do(new StopClock(), context);

        result.Outputs!["kept"].Should().Be(kept);
        result.Outputs["elapsed"].Should().Be(TimeSpan.Parse(elapsed));
        Clock stopped = result.Effects.Should().ContainSingle().Which.Should().BeOfType<ClockStopped>().Subject.Clock;
        (stopped.State, stopped.StoppedAt, stopped.IsKept).Should().Be((ClockState.Stopped, context.Clock, kept));
    }

    [Fact]
    public void Stop_Twice_TellsTheSameAgainAndWritesNothing()
    {
        FakeContext context = Context(("class", "urgent"));
        Do(new StartClock(), context);
        ActivityResult first = Do(new StopClock(), context);
        context.Clock = Friday.AddDays(9);

        ActivityResult again = Do(new StopClock(), context);

        again.Effects.Should().BeEmpty();
        again.Outputs!["kept"].Should().Be(true);
        again.Outputs["elapsed"].Should().Be(first.Outputs!["elapsed"]);
    }

    [Fact]
    public void Stop_AClockThatNobodyStarted_SaysWhatToDo()
    {
        Action stop = () => new StopClock().Execute(Context());

        stop.Should().Throw<ActivityFaultException>().WithMessage("*'answer'*Start clock*");
    }

    [Fact]
    public void Defaults_OfThePromiseTable_CanBeRead() =>
        PromiseClass.Defaults.Should().OnlyContain(promise => promise.Times.Fault() == null && PromiseClass.IsId(promise.Id));

    private static ActivityResult Do(Activity activity, FakeContext context)
    {
        ActivityResult result = activity.Execute(context);
        context.Done.AddRange(result.Effects);
        return result;
    }

    private static FakeContext Context(params (string Name, string Value)[] inputs)
    {
        PlainObject given = new() { ["name"] = "answer" };
        foreach ((string name, string value) in inputs)
            given[name] = value;
        return new(given) { Clock = Friday, House = new RehearsedHouse(House) };
    }
}
