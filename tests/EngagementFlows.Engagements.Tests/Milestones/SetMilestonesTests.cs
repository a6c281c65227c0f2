using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Milestones;

public sealed class SetMilestonesTests
{
    private const string House = """
        { "milestones": [
          { "name": "Kick-off", "plannedOn": "2026-02-20", "reachedOn": "2026-02-19" },
          { "name": "Design", "plannedOn": "2026-02-27" },
          { "name": "Build", "plannedOn": "2026-04-30", "firstPlannedOn": "2026-04-15" },
          { "name": "Party", "plannedOn": "2026-06-30" } ] }
        """;

    [Fact]
    public void Execute_AFirstPlan_MakesItsMilestones()
    {
        ActivityResult result = Execute("""[{ "title": "Go-live", "due": "2026-05-04" }, { "title": " Kick-\n off ", "due": "2026-03-02", "note": "x" }]""", "{}");

        Standing(result).Should().Equal("Kick- off 2026-03-02 2026-03-02 ahead", "Go-live 2026-05-04 2026-05-04 ahead");
        Counts(result).Should().Be((2, 0, 0));
        result.Effects.OfType<TimelineEntryAdded>().Single().Text.Should().Be(new Engine.LocalizedText("Milestones planned: 2 new, 0 moved, 0 withdrawn", "已计划里程碑：新增 2 个，改期 0 个，取消 0 个"));
    }

    [Fact]
    public void Execute_ALaterPlan_KeepsWhatWasReachedMovesAndWithdraws()
    {
        ActivityResult result = Execute("""[{ "name": "Kick-off", "date": "2026-09-09" }, { "name": "Design", "date": "2026-03-06" }, { "name": "Build", "date": "2026-04-30" }, { "name": "Handover", "date": "2026-07-01" }]""", House);

        Standing(result).Should().Equal(
            "Kick-off 2026-02-20 2026-02-20 in-time", "Design 2026-03-06 2026-02-27 ahead", "Build 2026-04-30 2026-04-15 ahead", "Handover 2026-07-01 2026-07-01 ahead");
        Counts(result).Should().Be((1, 1, 1));
        result.Effects.OfType<MilestonesSet>().Single().After.Single(one => one.Name == "Party").StandingOn(new(2026, 3, 2)).Should().Be(MilestoneStanding.Withdrawn);
    }

    [Fact]
    public void Execute_APlanWithoutAny_WithdrawsAllThatAreNotReached() =>
        Standing(Execute("[]", House)).Should().Equal("Kick-off 2026-02-20 2026-02-20 in-time");

    [Fact]
    public void Execute_TwiceInABurst_TheSecondKnowsWhatTheFirstDid()
    {
        FakeContext context = new(Inputs("""[{ "title": "Design", "due": "2026-03-06" }]"""));
        context.Done.AddRange(new SetMilestones().Execute(context).Effects);

        ActivityResult again = new SetMilestones().Execute(With(context, """[{ "title": "Design", "due": "2026-03-13" }]"""));

        Standing(again).Should().Equal("Design 2026-03-13 2026-03-06 ahead");
    }

    [Theory]
    [InlineData("""[{ "title": "", "due": "2026-05-04" }]""", "*Row 1 has no title*")]
    [InlineData("""[{ "title": "A", "due": "2026-05-04" }, { "title": "B", "due": "soon" }]""", "*Row 2*no date like*")]
    [InlineData("""[{ "title": "A", "due": "2026-05-04" }, { "title": "A ", "due": "2026-05-05" }]""", "*'A' stands in it twice*")]
    [InlineData("""{ "title": "A" }""", "*Give a list of objects*")]
    public void Execute_AListThatCannotBeRead_SaysTheRow(string milestones, string words)
    {
        Action execute = () => Execute(milestones, "{}");

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Theory]
    [InlineData("2026-03-01", null, MilestoneStanding.Late)]
    [InlineData("2026-03-02", null, MilestoneStanding.Ahead)]
    [InlineData("2026-03-01", "2026-03-01", MilestoneStanding.InTime)]
    [InlineData("2026-03-01", "2026-03-02", MilestoneStanding.ReachedLate)]
    public void StandingOn_ADay_ComparesPlanAndActual(string planned, string? reached, MilestoneStanding standing) =>
        new Milestone
        {
            Id = Guid.Empty,
            EngagementId = Guid.Empty,
            Name = "x",
            FirstPlannedOn = DateOnly.Parse(planned, System.Globalization.CultureInfo.InvariantCulture),
            PlannedOn = DateOnly.Parse(planned, System.Globalization.CultureInfo.InvariantCulture),
            ReachedOn = reached is null ? null : DateOnly.Parse(reached, System.Globalization.CultureInfo.InvariantCulture),
        }.StandingOn(new(2026, 3, 2)).Should().Be(standing);

    private static ActivityResult Execute(string milestones, string house) =>
        new SetMilestones().Execute(new FakeContext(Inputs(milestones)) { House = new RehearsedHouse((PlainObject)PlainJson.Parse(house)!) });

    private static FakeContext With(FakeContext before, string milestones)
    {
        FakeContext context = new(Inputs(milestones)) { House = before.House };
        context.Done.AddRange(before.Done);
        return context;
    }

    private static PlainObject Inputs(string milestones) => new() { ["milestones"] = PlainJson.Parse(milestones) };

    private static IEnumerable<string> Standing(ActivityResult result) =>
        ((PlainList)result.Outputs!["milestones"]!).Cast<PlainObject>().Select(one => $"{one["name"]} {one["plannedOn"]} {one["firstPlannedOn"]} {one["standing"]}");

    private static (long Added, long Moved, long Withdrawn) Counts(ActivityResult result) => ((long)result.Outputs!["added"]!, (long)result.Outputs["moved"]!, (long)result.Outputs["withdrawn"]!);
}
