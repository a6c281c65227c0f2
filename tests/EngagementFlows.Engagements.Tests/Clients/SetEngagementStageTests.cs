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

    [Fact]
    public void Execute_UnknownStage_ListsTheAllowed()
    {
        Action execute = () => new SetEngagementStage().Execute(new FakeContext(new() { ["stage"] = "aproved" }));

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'aproved'*prospect, intake*");
    }
}
