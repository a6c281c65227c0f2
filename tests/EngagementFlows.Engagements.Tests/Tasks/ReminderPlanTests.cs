using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class ReminderPlanTests
{
    private static readonly DateTimeOffset Start = FakeContext.Start;
    private static readonly ReminderPlan Plan = new(Start, TimeSpan.FromDays(2), Most: 3, Start.AddDays(7));

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
    public void Next_NotBeforeTheEnd_IsNone() => (Plan with { EndsAt = Start.AddDays(2) }).Next(0, Start).Should().BeNull();

    [Fact]
    public void Next_WithoutInterval_IsNone() => (Plan with { Every = null }).Next(0, Start).Should().BeNull();

    [Fact]
    public void Load_WhatWasSaved_IsTheSamePlan()
    {
        PlainObject state = new();

        Plan.Save(state);

        ReminderPlan.Load(state).Should().Be(Plan);
    }
}
