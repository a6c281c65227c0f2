using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engagements.Tests.Workflows;

public sealed class SkippedIncidentTests
{
    [Fact]
    public void Skip_OfAFailedAnswer_TakesTheLinkBack()
    {
        WorkflowDefinition definition = ProcessFolder.Of("client-intake").Definition();
        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(ProcessFolder.Activities, [definition]);
        InstanceRunner runner = new(EngineSettings.Default);
        Guid id = new("0197a000-0000-7000-8000-000000000001");
        InstanceChange started = runner.Run(catalogue, [], new StartRequested(id, "client-intake") { CorrelationId = FakeContext.Engagement.ToString("D") }, FakeContext.Start).Changes[0];
        Bookmark wait = started.BookmarksMade.Single(bookmark => bookmark.Name == WaitNames.Link);

        InstanceChange failed = runner.Run(catalogue, [started.Instance], new BookmarkResumed(id, wait.Id, new()), FakeContext.Start).Changes[0];
        InstanceChange skipped = runner.Run(
            catalogue, [failed.Instance], new IncidentSkipped(id, failed.IncidentsOpened.Single().Id, "Declined", "by hand", "sam@firm.example"), FakeContext.Start).Changes[0];

        skipped.Effects.OfType<LinkEnded>().Should().ContainSingle().Which.LinkId.Should().Be(started.Effects.OfType<LinkIssued>().Single().LinkId);
        skipped.Instance.Status.Should().Be(InstanceStatus.Finished);
    }
}
