using EngagementFlows.Server.Smtp;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class HourlyBudgetTests
{
    [Fact]
    public void TryTake_AnyTimes_NeverMoreThanTheLimitInAnyHour()
    {
        Prop.ForAll(Gen.Choose(0, 1200).ArrayOf().ToArbitrary(), steps =>
        {
            HourlyBudget budget = new(3);
            TimeSpan now = TimeSpan.Zero;
            List<TimeSpan> taken = [];
            foreach (int step in steps)
            {
                now += TimeSpan.FromSeconds(step);
                if (budget.TryTake(now, out TimeSpan wait))
                    taken.Add(now);
                else if (taken[^3] + TimeSpan.FromHours(1) != now + wait)
                    return false;
            }

            return taken.Skip(3).Zip(taken).All(pair => pair.First - pair.Second >= TimeSpan.FromHours(1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void GiveBack_WhatWasNotUsed_IsFreeAgain()
    {
        HourlyBudget budget = new(1);
        budget.TryTake(TimeSpan.Zero, out _);

        budget.GiveBack();

        budget.TryTake(TimeSpan.Zero, out _).Should().BeTrue();
    }

    [Fact]
    public void TryTake_NoLimit_AlwaysGives()
    {
        HourlyBudget budget = new(null);

        Enumerable.Range(0, 10_000).All(_ => budget.TryTake(TimeSpan.Zero, out TimeSpan _)).Should().BeTrue();
    }
}
