using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Instances;

public sealed class InstanceRunnerTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Waiting = """
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
            { "id": "Set", "type": "Elsa.SetVariable", "variable": { "id": "v1" }, "value": { "typeName": "Object", "expression": { "type": "Literal", "value": "7" } } },
            { "id": "Wait", "type": "Elsa.Event", "eventName": "Go" },
            { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v1" } } } } ] }
        """;

    private const string Number = """[ { "id": "v1", "name": "N", "typeName": "Int32", "value": "1", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""";

    private readonly DefinitionCatalogue _catalogue = Flows.Catalogue(Flows.Of(Waiting, variables: Number));
    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    [Fact]
    public void Run_StartOfWaitingFlow_SuspendsWithBookmark()
    {
        Transition transition = Start();

        transition.Kind.Should().Be(TransitionKind.Applied);
        InstanceChange change = transition.Changes.Should().ContainSingle().Subject;
        change.Instance.Status.Should().Be(InstanceStatus.Suspended);
        change.Instance.Revision.Should().Be(1);
        change.BookmarksMade.Should().ContainSingle(bookmark => bookmark.Name == "Elsa.Event" && bookmark.Key == "Go" && bookmark.ActivityId == "Wait");
    }

    [Fact]
    public void Run_ResumeOfBookmark_FinishesWithVariableKept()
    {
        InstanceChange started = Start().Changes[0];

        InstanceChange change = Resume(started).Changes[0];

        change.Instance.Status.Should().Be(InstanceStatus.Finished);
        change.Instance.FinishedAt.Should().Be(Now);
        change.BookmarksBurned.Should().Equal(started.BookmarksMade[0].Id);
        change.Effects.OfType<LineWritten>().Select(line => line.Text).Should().Equal("7");
    }

    [Fact]
    public void Run_SameResumeTwice_IsIgnoredTheSecondTime()
    {
        InstanceChange started = Start().Changes[0];
        InstanceChange resumed = Resume(started).Changes[0];

        Transition again = _runner.Run(_catalogue, [resumed.Instance], new BookmarkResumed(Id, started.BookmarksMade[0].Id, new()), Now);

        again.Kind.Should().Be(TransitionKind.Ignored);
        again.Changes.Should().BeEmpty();
    }

    [Fact]
    public void Run_SameStartTwice_IsIgnoredTheSecondTime()
    {
        WorkflowInstance instance = Start().Changes[0].Instance;

        _runner.Run(_catalogue, [instance], new StartRequested(Id, "flow"), Now).Kind.Should().Be(TransitionKind.Ignored);
    }

    [Fact]
    public void Run_Cancel_BurnsBookmarksAndEnds()
    {
        InstanceChange started = Start().Changes[0];

        InstanceChange change = _runner.Run(_catalogue, [started.Instance], new CancelRequested(Id, "no longer wanted", "ann"), Now).Changes[0];

        change.Instance.Status.Should().Be(InstanceStatus.Cancelled);
        change.BookmarksBurned.Should().Equal(started.BookmarksMade[0].Id);
    }

    [Fact]
    public void Run_UnknownDefinition_IsRefusedWithItsName() =>
        _runner.Run(_catalogue, [], new StartRequested(Id, "nothing"), Now).Message.Should().Contain("'nothing'");

    [Fact]
    public void Run_ForkForTheFirst_LetsQueuedBranchesRunButNotWait()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of("""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
                { "id": "Fork", "type": "Elsa.Fork", "joinMode": "WaitAny", "branches": [
                    { "id": "A", "type": "Elsa.WriteLine", "text": "a" }, { "id": "B", "type": "Elsa.WriteLine", "text": "b" }, { "id": "C", "type": "Elsa.Event", "eventName": "Go" } ] },
                { "id": "E", "type": "Elsa.WriteLine", "text": "e" } ] }
            """));

        InstanceChange change = _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now).Changes[0];

        change.Effects.OfType<LineWritten>().Select(line => line.Text).Should().Equal("a", "b", "e");
        change.Instance.Status.Should().Be(InstanceStatus.Finished);
        change.BookmarksMade.Should().BeEmpty();
        change.Journal.Should().Contain(entry => entry.ActivityId == "C" && entry.Event == "Canceled");
    }

    private Transition Start() => _runner.Run(_catalogue, [], new StartRequested(Id, "flow"), Now);

    private Transition Resume(InstanceChange started) =>
        _runner.Run(_catalogue, [started.Instance], new BookmarkResumed(Id, started.BookmarksMade[0].Id, new PlainObject()), Now);
}
