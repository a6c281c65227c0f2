using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Calendars;

public sealed class WaitWorkingTimeTests
{
    private static readonly PlainObject House = new()
    {
        ["firm"] = new PlainObject { ["zone"] = "Europe/Berlin", ["country"] = "DE" },
        ["client"] = new PlainObject { ["zone"] = "Asia/Shanghai" },
    };

    // The eve of China's National Day 2026, whose seven days off end with 7 October; in Germany 3 October is a Saturday.
    private static readonly DateTimeOffset Eve = new(2026, 9, 30, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2 working days", "client", "2026-10-09T02:00:00Z")]
    [InlineData("2个工作日", "client", "2026-10-09T02:00:00Z")]
    [InlineData("2 working days", "firm", "2026-10-02T07:00:00Z")]
    [InlineData("2 working days", "CN", "2026-10-09T09:00:00Z")]
    [InlineData("8 working hours", "firm", "2026-09-30T16:00:00Z")]
    [InlineData("0 working days", "firm", "2026-09-30T07:00:00Z")]
    public void Execute_WorkingTime_EndsByTheCalendarThatIsNamed(string time, string calendar, string until)
    {
        FakeContext context = Context(time, calendar);

        WaitRequest wait = new WaitWorkingTime().Execute(context).Waits.Should().ContainSingle().Subject;

        wait.DueAt.Should().Be(DateTimeOffset.Parse(until));
    }

    [Fact]
    public void Execute_IntoAYearWhoseHolidaysAreNotPublished_SaysSo()
    {
        FakeContext context = Context("200 working days", "client");

        ActivityResult waiting = new WaitWorkingTime().Execute(context);
        context.Clock = waiting.Waits[0].DueAt!.Value;
        ActivityResult done = new WaitWorkingTime().Resume(context, context.Bookmark(waiting.Waits[0]), new());

        ProvisionalDateSet noted = waiting.Effects.Should().ContainSingle().Which.Should().BeOfType<ProvisionalDateSet>().Subject;
        (noted.Kind, noted.ReferenceId, noted.BookmarkId, noted.Calendar, noted.From, noted.Duration, noted.DueAt)
            .Should().Be((ProvisionalKind.Wait, waiting.Waits[0].Id, waiting.Waits[0].Id, "client", Eve, "200 working days", waiting.Waits[0].DueAt!.Value));
        done.Outputs!["isProvisional"].Should().Be(true);
        done.Outputs["until"].Should().Be(waiting.Waits[0].DueAt);
    }

    [Fact]
    public void Resume_WhenTheYearWasPublishedMeanwhileAndTheDateMovedOn_WaitsForTheDateThatHolds()
    {
        FakeContext context = Context("200 working days", "client");
        ActivityResult first = new WaitWorkingTime().Execute(context);
        // Published: the firm's Berlin calendar stands for one that has other days.
        context.State["calendar"] = "firm";
        context.Clock = first.Waits[0].DueAt!.Value.AddDays(-30);

        ActivityResult again = new WaitWorkingTime().Resume(context, context.Bookmark(first.Waits[0]), new());

        WaitRequest wait = again.Waits.Should().ContainSingle().Subject;
        wait.Id.Should().NotBe(first.Waits[0].Id);
        wait.DueAt.Should().BeAfter(context.Clock);
        again.Effects.Should().BeEmpty("Germany is computed for that year");
    }

    [Theory]
    [InlineData("2 days", "client", "*'2 days'*2 working days*")]
    [InlineData("-1 working days", "client", "*'-1 working days'*")]
    [InlineData("2 working days", "XX", "*no calendar 'XX'*")]
    public void Execute_WhatCannotBeCounted_SaysWhatToWrite(string time, string calendar, string message)
    {
        Action execute = () => new WaitWorkingTime().Execute(Context(time, calendar));

        execute.Should().Throw<ActivityFaultException>().WithMessage(message);
    }

    private static FakeContext Context(string time, string calendar) =>
        new(new PlainObject { ["time"] = time, ["calendar"] = calendar }) { Clock = Eve, House = new RehearsedHouse(House) };
}
