using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class ReminderPlanTests
{
    private static readonly DateTimeOffset Start = FakeContext.Start;
    private static readonly ReminderPlan Plan = Make("2.00:00:00", 3, Start.AddDays(7));

    [Fact]
    public void Next_InTime_CountsUpToTheLimit()
    {
        Plan.Next(0, Start).Should().Be((1, Start.AddDays(2)));
        Plan.Next(1, Start.AddDays(2)).Should().Be((2, Start.AddDays(4)));
        Plan.Next(2, Start.AddDays(4)).Should().Be((3, Start.AddDays(6)));
        Plan.Next(3, Start.AddDays(6)).Should().BeNull();
    }

    [Fact]
    public void Next_AfterDowntime_LeavesMissedOnesOut() => Plan.Next(0, Start.AddDays(5)).Should().Be((3, Start.AddDays(6)));

    [Fact]
    public void Make_NotBeforeTheEnd_IsNone() => Make("2.00:00:00", 3, Start.AddDays(2)).Next(0, Start).Should().BeNull();

    [Fact]
    public void Make_WithoutInterval_IsNone() => Make(null, 3, Start.AddDays(7)).Next(0, Start).Should().BeNull();

    [Fact]
    public void Make_WorkingDays_PassesOverTheWeekend()
    {
        // Monday: two, four and six working days later are Wednesday, Friday and the Tuesday after.
        Make("2 working days", 3, endsAt: null).Instants.Should().Equal(Start.AddDays(2), Start.AddDays(4), Start.AddDays(8));
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSamePlan()
    {
        PlainObject state = new();

        Plan.Save(state);

        ReminderPlan.Load(state).Should().BeEquivalentTo(Plan);
    }

    private static ReminderPlan Make(string? every, long most, DateTimeOffset? endsAt) =>
        ReminderPlan.Make(new FakeContext(new PlainObject { ["remindEvery"] = every, ["reminders"] = most }) { House = new RehearsedHouse() }, CalendarAsked.OfFirm, endsAt);
}
