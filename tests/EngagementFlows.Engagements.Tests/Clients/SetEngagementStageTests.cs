using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Tests.Clients;

public sealed class SetEngagementStageTests
{
    [Fact]
    public void Execute_KnownStage_ChangesItAndTellsTheTimeline()
    {
        ActivityResult result = new SetEngagementStage().Execute(new FakeContext(new() { ["stage"] = "approved" }));

        result.Outcomes.Should().Equal("Done");
        result.Effects.OfType<StageChanged>().Single().Should().Be(new StageChanged(FakeContext.Engagement, "approved"));
        result.Effects.OfType<TimelineEntryAdded>().Single().Text.Should().Be(new Engine.LocalizedText("Stage: Approved", "阶段：已批准"));
    }

    // The database compares keys as text: what it would not know for the engagement's is not taken for it here either.
    [Theory]
    [InlineData("D", "", true)]
    [InlineData("N", "", true)]
    [InlineData("B", "", false)]
    [InlineData("P", "", false)]
    [InlineData("X", "", false)]
    [InlineData("D", " ", false)]
    [InlineData("N", "\u2003", false)]
    public void Execute_KeyOfTheInstance_IsAnEngagementOnlyAsItIsWrittenPlainly(string format, string after, bool isTaken)
    {
        foreach (string key in (string[])[FakeContext.Engagement.ToString(format) + after, FakeContext.Engagement.ToString(format).ToUpperInvariant() + after])
        {
            Action execute = () => new SetEngagementStage().Execute(new FakeContext(new() { ["stage"] = "approved" }) { Key = key });
            if (isTaken)
                execute.Should().NotThrow(key);
            else
                execute.Should().Throw<ActivityFaultException>(key).WithMessage("*correlation id*not the id of one*");
        }
    }

    [Fact]
    public void Execute_UnknownStage_ListsTheAllowed()
    {
        Action execute = () => new SetEngagementStage().Execute(new FakeContext(new() { ["stage"] = "aproved" }));

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'aproved'*prospect, intake*");
    }
}
