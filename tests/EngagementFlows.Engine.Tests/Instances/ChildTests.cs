using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Instances;

public sealed class ChildTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkflowDefinition Waiting = Flows.Of("""{ "id": "Wait", "type": "Elsa.Event", "eventName": "Go" }""", "child");

    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    [Fact]
    public void Run_ExecuteWorkflow_CommitsParentAndChildTogether()
    {
        DefinitionCatalogue catalogue = Catalogue("Elsa.ExecuteWorkflow");

        Transition transition = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now);

        transition.Changes.Should().HaveCount(2);
        transition.Changes[0].Instance.Id.Should().Be(Id);
        WorkflowInstance child = transition.Changes[1].Instance;
        child.ParentInstanceId.Should().Be(Id);
        child.ParentBookmarkId.Should().Be(transition.Changes[0].BookmarksMade.Single().Id);
    }

    [Fact]
    public void Run_EndOfChild_SendsTheParentItsResult()
    {
        DefinitionCatalogue catalogue = Catalogue("Elsa.ExecuteWorkflow");
        Transition started = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now);
        InstanceChange child = started.Changes[1];

        InstanceChange ended = _runner.Run(catalogue, [child.Instance], new BookmarkResumed(child.Instance.Id, child.BookmarksMade[0].Id, new PlainObject()), Now).Changes[0];

        BookmarkResumed sent = ended.Effects.OfType<StimulusSent>().Single().Stimulus.Should().BeOfType<BookmarkResumed>().Subject;
        sent.InstanceId.Should().Be(Id);
        _runner.Run(catalogue, [started.Changes[0].Instance], sent, Now).Changes[0].Instance.Status.Should().Be(InstanceStatus.Finished);
    }

    [Fact]
    public void Run_DispatchWorkflow_SendsAStartThatCannotHappenTwice()
    {
        DefinitionCatalogue catalogue = Catalogue("Elsa.DispatchWorkflow");

        InstanceChange parent = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now).Changes[0];

        StartRequested start = (StartRequested)parent.Effects.OfType<StimulusSent>().Single().Stimulus;
        start.ParentBookmarkId.Should().Be(parent.BookmarksMade.Single().Id);
        WorkflowInstance child = _runner.Run(catalogue, [], start, Now).Changes[0].Instance;
        _runner.Run(catalogue, [child], start, Now).Kind.Should().Be(TransitionKind.Ignored);
    }

    [Fact]
    public void Run_BulkDispatch_CountsEachChildOnce()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Waiting, Flows.Of("""
            { "id": "All", "type": "Elsa.BulkDispatchWorkflows", "workflowDefinitionId": "child", "items": [1, 2], "waitForCompletion": true }
            """));
        InstanceChange parent = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now).Changes[0];
        Guid bookmark = parent.BookmarksMade.Single().Id;
        Guid[] children = [.. parent.Effects.OfType<StimulusSent>().Select(sent => sent.Stimulus.InstanceId)];

        InstanceChange first = _runner.Run(catalogue, [parent.Instance], Ended(bookmark, children[0]), Now).Changes[0];
        Transition repeated = _runner.Run(catalogue, [first.Instance], Ended(bookmark, children[0]), Now);
        InstanceChange second = _runner.Run(catalogue, [first.Instance], Ended(bookmark, children[1]), Now).Changes[0];

        first.Instance.Status.Should().Be(InstanceStatus.Suspended);
        first.BookmarksBurned.Should().BeEmpty();
        repeated.Kind.Should().Be(TransitionKind.Ignored);
        second.Instance.Status.Should().Be(InstanceStatus.Finished);
        second.BookmarksBurned.Should().Equal(bookmark);
    }

    [Fact]
    public void Run_WorkflowThatExecutesItself_FailsInsteadOfNestingWithoutEnd()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of("""{ "id": "Again", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "flow" }"""));

        Transition transition = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now);

        transition.Changes.Should().Contain(change => change.IncidentsOpened.Any(incident => incident.Message.Contains("nest")));
    }

    [Fact]
    public void Run_SameArgumentsTwice_GiveTheSameTransition()
    {
        DefinitionCatalogue catalogue = Catalogue("Elsa.ExecuteWorkflow");

        Transition one = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now);
        Transition other = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now);

        one.Changes.Select(change => Convert.ToHexString(change.Instance.State.Span)).Should().Equal(other.Changes.Select(change => Convert.ToHexString(change.Instance.State.Span)));
        one.Changes[0].BookmarksMade.Should().Equal(other.Changes[0].BookmarksMade);
    }

    private static BookmarkResumed Ended(Guid bookmark, Guid child) => new(
        Id, bookmark, new PlainObject { ["WorkflowInstanceId"] = child.ToString("D"), ["WorkflowStatus"] = "Finished", ["WorkflowSubStatus"] = "Finished", ["WorkflowOutput"] = new PlainObject() });

    private static DefinitionCatalogue Catalogue(string type) =>
        Flows.Catalogue(Waiting, Flows.Of($$"""{ "id": "Run", "type": "{{type}}", "workflowDefinitionId": "child", "waitForCompletion": true }"""));
}
