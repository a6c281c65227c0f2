using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>Whether an instance may go on in another version of its definition, and that it goes on there as if it had begun there.</summary>
public sealed class MoveTests
{
    private const string Wait = """{ "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } }""";
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    [Fact]
    public void Move_WithAStepAddedBefore_GoesOnBehindTheStepThatWaits()
    {
        (InstanceChange moved, DefinitionCatalogue catalogue) = Move(Sequence(Wait, Line("Old", "old")), Sequence(Line("New", "early"), Wait, Line("Old", "new text"), Line("Last", "and more")));

        moved.Instance.DefinitionVersionId.Should().Be("flow-v2");
        moved.Instance.Version.Should().Be(2);
        moved.Instance.Status.Should().Be(InstanceStatus.Suspended);
        moved.Instance.Revision.Should().Be(2);
        (moved.BookmarksMade.Count, moved.BookmarksBurned.Count, moved.Effects.Count).Should().Be((0, 0, 0), "the wait stands as it stood");
        JournalEntry entry = moved.Journal.Should().ContainSingle().Subject;
        (entry.Event, entry.Text, entry.Data!["from"], entry.Data["to"], entry.Data["by"]).Should().Be(("Moved", "Better.", 1L, 2L, "ann"));
        Resume(catalogue, moved).Should().Equal("new text", "and more");
    }

    [Fact]
    public void Move_Variables_AreFoundByTheirIdsAndConverted()
    {
        const string before = """[ { "id": "a", "name": "A", "typeName": "String", "value": "12", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }, { "id": "b", "name": "B", "typeName": "String", "value": "kept", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""";
        const string after = """[ { "id": "n", "name": "New", "typeName": "String", "value": "fresh", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }, { "id": "b", "name": "Renamed", "typeName": "String", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }, { "id": "a", "name": "A", "typeName": "Int32", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""";
        (InstanceChange moved, DefinitionCatalogue catalogue) = Move(
            Sequence(Wait), Sequence(Wait, Script("Say", "getNew() + ' ' + getRenamed() + ' ' + (getA() + 1)")), before, after);

        Resume(catalogue, moved).Should().Equal("fresh kept 13");
    }

    [Theory]
    [InlineData("""{ "id": "a", "name": "A", "typeName": "Int32", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }""", MoveObstacleKind.VariableType)]
    [InlineData("""{ "id": "c", "name": "C", "typeName": "String", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }""", MoveObstacleKind.VariableGone)]
    public void Move_ValueThatHasNoPlace_IsAnObstacle(string declaration, MoveObstacleKind kind)
    {
        const string before = """[ { "id": "a", "name": "A", "typeName": "String", "value": "", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""";
        string set = """{ "id": "Set", "type": "Elsa.SetVariable", "variable": { "id": "a", "name": "A" }, "value": { "typeName": "String", "expression": { "type": "Literal", "value": "words" } } }""";

        MoveDecision decision = Decide(Sequence(set, Wait), Sequence(set, Wait), before, $"[ {declaration} ]");

        decision.Obstacles.Should().Equal(new MoveObstacle(kind, null, "A"));
        decision.Obstacles[0].ToString().Should().Contain("'A'").And.EndWith(".");
    }

    [Fact]
    public void Move_WithoutAVariableThatHasItsDefaultStill_IsPossible() =>
        Decide(Sequence(Wait), Sequence(Wait), """[ { "id": "a", "name": "A", "typeName": "String", "value": "x", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""").IsPossible.Should().BeTrue();

    [Fact]
    public void Move_ActivityUnderWayThatIsGoneOrOther_IsAnObstacle()
    {
        Decide(Sequence(Wait), Sequence(Line("Other", "x"))).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.ActivityGone, "Wait", null));
        Decide(Sequence(Wait), Sequence(Line("Wait", "x"))).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.TypeChanged, "Wait", "Elsa.WriteLine"));
        Decide(Sequence(Wait), Wait).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.ActivityGone, "Main", null));
    }

    [Fact]
    public void Move_WaitThatIsSetOtherwise_IsPossibleAndTold()
    {
        MoveDecision decision = Decide(Sequence(Wait), Sequence(Wait.Replace("\"Go\"", "\"Went\"", StringComparison.Ordinal)));

        decision.IsPossible.Should().BeTrue();
        decision.ChangedWaits.Should().Equal("Wait");
        Decide(Sequence(Wait), Sequence(Wait)).ChangedWaits.Should().BeEmpty();
    }

    [Fact]
    public void Move_Flowchart_FindsArrivalsByTheirConnections()
    {
        const string join = """{ "id": "Join", "type": "Elsa.FlowJoin", "mode": { "typeName": "Object", "expression": { "type": "Literal", "value": "WaitAll" } } }""";
        string start = Line("Begin", "begin");
        string quick = Line("Quick", "quick");
        string before = Chart([start, quick, Wait, join, Line("End", "end")], ["Begin>Quick", "Begin>Wait", "Quick>Join", "Wait>Join", "Join>End"]);
        // Everything stands elsewhere, and something was put between.
        string after = Chart([Line("End", "end"), join, Line("Added", "added"), Wait, quick, start], ["Join>Added", "Added>End", "Wait>Join", "Quick>Join", "Begin>Wait", "Begin>Quick"]);
        string cut = Chart([start, quick, Wait, join, Line("End", "end")], ["Begin>Quick", "Begin>Wait", "Wait>Join", "Join>End"]);

        (InstanceChange moved, DefinitionCatalogue catalogue) = Move(before, after);
        Resume(catalogue, moved).Should().Equal("added", "end");
        Decide(before, cut).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.ConnectionGone, "Main", "'Quick' – Done → 'Join'"));
        Decide(before, before.Replace("Begin", "Start", StringComparison.Ordinal)).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.StartGone, "Main", "Begin"));
    }

    [Fact]
    public void Move_ForkWithAnotherBranch_IsAnObstacle()
    {
        string Fork(params string[] branches) => $$"""{ "id": "Main", "type": "Elsa.Fork", "branches": [ {{string.Join(", ", branches)}} ] }""";

        Decide(Fork(Line("A", "a"), Wait), Fork(Line("A", "a"), Wait, Line("B", "b"))).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.BranchesChanged, "Main", null));
        Decide(Fork(Line("A", "a"), Wait), Fork(Wait, Line("A", "b"))).IsPossible.Should().BeTrue();
    }

    [Fact]
    public void Move_FailedInstance_IsMendedByTheNewVersion()
    {
        WorkflowDefinition before = Version(1, Sequence(Script("Say", "missing.thing"), Line("End", "end")));
        WorkflowDefinition after = Version(2, Sequence(Script("Say", "'mended'"), Line("End", "end")));
        DefinitionCatalogue catalogue = Flows.Catalogue(before, after);
        InstanceChange failed = Start(catalogue);

        InstanceChange moved = Run(catalogue, failed.Instance, new MoveRequested(Id, "flow-v2", null, "ann")).Changes[0];
        InstanceChange done = Run(catalogue, moved.Instance, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, null, "ann")).Changes[0];

        moved.Instance.OpenIncidents.Should().Be(1);
        done.Instance.Status.Should().Be(InstanceStatus.Finished);
        Lines(done).Should().Equal("mended", "end");
    }

    [Fact]
    public void Move_ThatIsNotPossible_IsRefusedAndChangesNothing()
    {
        WorkflowDefinition draft = Flows.Read(Json(3, Sequence(Wait)).Replace("\"isPublished\": true", "\"isPublished\": false", StringComparison.Ordinal));
        DefinitionCatalogue catalogue = Flows.Catalogue(Version(1, Sequence(Wait)), Version(2, Sequence(Line("Other", "x"))), draft, Flows.Of(Sequence(Wait), "another"));
        WorkflowInstance waiting = Start(catalogue, "flow-v1").Instance;

        Refusal("flow-v2").Should().Be("The activity 'Wait', which is under way, is not there in the other version.");
        Refusal("flow-v3").Should().Contain("not published");
        Refusal("flow-v9").Should().Contain("does not exist");
        Refusal("flow-v1").Should().Contain("already");
        Refusal("another-v1").Should().Contain("'another'");
        MoveDecision.Of(catalogue, waiting with { Status = InstanceStatus.Finished }, draft).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.Ended, null, null));
        MoveDecision.Of(catalogue, waiting with { DefinitionVersionId = "lost" }, draft).Obstacles.Should().Equal(new MoveObstacle(MoveObstacleKind.VersionMissing, null, "lost"));

        string Refusal(string version)
        {
            Transition transition = Run(catalogue, waiting, new MoveRequested(Id, version, null, "ann"));
            transition.Kind.Should().Be(TransitionKind.Refused);
            transition.Changes.Should().BeEmpty();
            return transition.Message!;
        }
    }

    [Fact]
    public void Sentences_StandForEachObstacle() =>
        Enum.GetValues<MoveObstacleKind>().Select(kind => new MoveObstacle(kind, "A", "B").ToString()).Should().OnlyHaveUniqueItems().And.OnlyContain(text => text.EndsWith('.'));

    // A version that says the same leaves every state as it is, whatever the flow is and wherever it rests.
    [Fact]
    public void Move_OfAnyFlowToTheSameAgain_KeepsItsStateToTheByte() => Prop.ForAll(RandomFlows.Flows(withWaits: true).ToArbitrary(), flow =>
    {
        EngineSettings settings = EngineSettings.Default with { CounterMode = flow.CounterMode, FaultOnIncident = flow.FaultOnIncident, MaxActivitiesPerBurst = 300 };
        IReadOnlyList<WorkflowDefinition> definitions = flow.ToDefinitions();
        WorkflowDefinition main = definitions.Single(definition => definition.DefinitionId == "flow");
        WorkflowDefinition next = Flows.Read(DefinitionText.WithIdentity(main.Json, main.DefinitionId + "-next", main.Version + 1, isLatest: true, isPublished: true));
        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(Flows.Catalog, [.. definitions, next], settings);
        WorkflowInstance instance = new InstanceRunner(settings).Run(catalogue, [], new StartRequested(Id, main.DefinitionId) { DefinitionVersionId = main.Id }, Now).Changes[0].Instance;
        if (instance.FinishedAt is not null)
            return true;
        MoveDecision decision = MoveDecision.Of(catalogue, instance, next);
        return decision.IsPossible
            ? StateWriter.Write(decision.Moved!).AsSpan().SequenceEqual(instance.State.Span) && decision.ChangedWaits.Count == 0
            : decision.Obstacles is [{ Kind: MoveObstacleKind.WorkPending }];
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Sequence(params string[] activities) => $$"""{ "id": "Main", "type": "Elsa.Sequence", "activities": [ {{string.Join(", ", activities)}} ] }""";

    private static string Line(string id, string text) => $$"""{ "id": "{{id}}", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } }""";

    private static string Script(string id, string script) => $$"""{ "id": "{{id}}", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "{{script}}" } } }""";

    private static string Chart(string[] activities, string[] connections) => $$"""
        { "id": "Main", "type": "Elsa.Flowchart", "start": "Begin", "activities": [ {{string.Join(", ", activities)}} ],
          "connections": [ {{string.Join(", ", connections.Select(connection => connection.Split('>')).Select(ends => $$"""{ "source": { "activity": "{{ends[0]}}", "port": "Done" }, "target": { "activity": "{{ends[1]}}", "port": "In" } }"""))}} ] }
        """;

    private static string Json(int version, string root, string variables = "[]") =>
        $$"""{ "definitionId": "flow", "id": "flow-v{{version}}", "name": "flow", "version": {{version}}, "isLatest": true, "isPublished": true, "variables": {{variables}}, "root": {{root}} }""";

    private static WorkflowDefinition Version(int version, string root, string variables = "[]") => Flows.Read(Json(version, root, variables));

    private MoveDecision Decide(string before, string after, string variablesBefore = "[]", string variablesAfter = "[]")
    {
        WorkflowDefinition target = Version(2, after, variablesAfter);
        DefinitionCatalogue catalogue = Flows.Catalogue(Version(1, before, variablesBefore), target);
        return MoveDecision.Of(catalogue, Start(catalogue, "flow-v1").Instance, target);
    }

    private (InstanceChange Moved, DefinitionCatalogue Catalogue) Move(string before, string after, string variablesBefore = "[]", string variablesAfter = "[]")
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Version(1, before, variablesBefore), Version(2, after, variablesAfter));
        Transition transition = Run(catalogue, Start(catalogue, "flow-v1").Instance, new MoveRequested(Id, "flow-v2", "Better.", "ann"));
        transition.Kind.Should().Be(TransitionKind.Applied, transition.Message);
        return (transition.Changes.Should().ContainSingle().Subject, catalogue);
    }

    private List<string> Resume(DefinitionCatalogue catalogue, InstanceChange moved)
    {
        Bookmark wait = InstanceView.Of(catalogue, moved.Instance).Executions.SelectMany(execution => execution.Bookmarks).Should().ContainSingle().Subject;
        InstanceChange done = Run(catalogue, moved.Instance, new BookmarkResumed(Id, wait.Id, new PlainObject())).Changes[0];
        done.Instance.Status.Should().Be(InstanceStatus.Finished);
        return Lines(done);
    }

    private InstanceChange Start(DefinitionCatalogue catalogue, string version = "flow-v1") =>
        _runner.Run(catalogue, [], new StartRequested(Id, "flow") { DefinitionVersionId = version }, Now).Changes[0];

    private Transition Run(DefinitionCatalogue catalogue, WorkflowInstance instance, Stimulus stimulus) => _runner.Run(catalogue, [instance], stimulus, Now.AddHours(1));

    private static List<string> Lines(InstanceChange change) => [.. change.Effects.OfType<LineWritten>().Select(line => line.Text)];
}
