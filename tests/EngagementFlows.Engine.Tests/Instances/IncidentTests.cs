using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Instances;

public sealed class IncidentTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Variables = """[ { "id": "v1", "name": "N", "typeName": "Int32", "value": "0", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ]""";

    private const string Guarded = """
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
            { "id": "Check", "type": "Elsa.RunJavaScript", "script": { "typeName": "String", "expression": { "type": "Literal", "value": "\nif (getN() === 0) throw new Error('no number');\nreturn getN();" } } },
            { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'n=' + getN()" } } } ] }
        """;

    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    [Fact]
    public void Run_FailingScript_OpensAnIncidentWithExpressionAndLine()
    {
        InstanceChange change = Start(Flows.Catalogue(Flows.Of(Guarded, variables: Variables)));

        Incident incident = change.IncidentsOpened.Should().ContainSingle().Subject;
        incident.ActivityId.Should().Be("Check");
        incident.Innermost.Should().Contain("no number");
        incident.Line.Should().Be(2);
        incident.Expression.Should().Contain("throw");
        change.Instance.OpenIncidents.Should().Be(1);
        change.Instance.IsStalled.Should().BeFalse();
    }

    [Fact]
    public void Run_RetryWithVariable_GoesOnAndResolvesTheIncident()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of(Guarded, variables: Variables));
        InstanceChange failed = Start(catalogue);

        InstanceChange change = Run(catalogue, failed, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, new PlainObject { ["N"] = "5" }, "ann")).Changes[0];

        change.Instance.Status.Should().Be(InstanceStatus.Finished);
        change.IncidentsResolved.Should().ContainSingle(resolution => resolution.Resolution == "retried" && resolution.By == "ann");
        change.Effects.OfType<LineWritten>().Select(line => line.Text).Should().Equal("n=5");
        change.Journal.Select(entry => entry.Event).Should().Contain(["VariableSet", "Retried"]);
    }

    [Fact]
    public void Run_RetryThatFailsAgain_OpensTheNextIncidentWithItsAttempt()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of(Guarded, variables: Variables));
        InstanceChange failed = Start(catalogue);

        InstanceChange again = Run(catalogue, failed, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, null, null)).Changes[0];

        again.IncidentsOpened.Should().ContainSingle(incident => incident.Attempt == 2);
        again.Instance.OpenIncidents.Should().Be(1);
        Run(catalogue, again, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, null, null)).Kind.Should().Be(TransitionKind.Ignored);
    }

    [Fact]
    public void Run_RetryWithUnknownVariable_IsRefusedAndChangesNothing()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of(Guarded, variables: Variables));
        InstanceChange failed = Start(catalogue);

        Transition refused = Run(catalogue, failed, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, new PlainObject { ["M"] = 1L }, null));

        refused.Kind.Should().Be(TransitionKind.Refused);
        refused.Message.Should().Contain("'M'");
    }

    [Fact]
    public void Run_Skip_CompletesTheActivityWithReason()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of(Guarded, variables: Variables));
        InstanceChange failed = Start(catalogue);

        InstanceChange change = Run(catalogue, failed, new IncidentSkipped(Id, failed.IncidentsOpened[0].Id, null, "not needed", "ann")).Changes[0];

        change.Instance.Status.Should().Be(InstanceStatus.Finished);
        change.IncidentsResolved.Should().ContainSingle(resolution => resolution.Resolution == "skipped" && resolution.Reason == "not needed");
        change.Effects.OfType<LineWritten>().Select(line => line.Text).Should().Equal("n=0");
    }

    [Fact]
    public void Run_RetryOfAFailedResumption_ResumesAgainWithItsInput()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of("""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
                { "id": "Wait", "type": "Elsa.Event", "eventName": "Go", "result": { "typeName": "Int32", "memoryReference": { "id": "v1" } } },
                { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'n=' + getN()" } } } ] }
            """, variables: Variables));
        InstanceChange started = Start(catalogue);
        InstanceChange failed = Run(catalogue, started, new BookmarkResumed(Id, started.BookmarksMade[0].Id, EventRouting.Input("abc"))).Changes[0];
        failed.IncidentsOpened.Should().ContainSingle();

        InstanceChange again = Run(catalogue, failed, new IncidentRetried(Id, failed.IncidentsOpened[0].Id, null, null)).Changes[0];

        // The payload still does not convert: had the wait begun anew, there would be a bookmark instead.
        again.IncidentsOpened.Should().ContainSingle(incident => incident.Attempt == 2);
        again.BookmarksMade.Should().BeEmpty();
    }

    [Fact]
    public void Run_CancelWithIncident_ResolvesIt()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of(Guarded, variables: Variables));
        InstanceChange failed = Start(catalogue);

        InstanceChange change = Run(catalogue, failed, new CancelRequested(Id, null, "ann")).Changes[0];

        change.IncidentsResolved.Should().ContainSingle(resolution => resolution.Resolution == "cancelled");
        change.Instance.OpenIncidents.Should().Be(0);
    }

    [Fact]
    public void Run_EndlessLoop_IsStoppedWithAnIncidentAndKeepsTheRest()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of("""
            { "id": "Loop", "type": "Elsa.While", "condition": true, "body": { "id": "Body", "type": "Elsa.Start" } }
            """));

        InstanceChange change = new InstanceRunner(EngineSettings.Default with { MaxActivitiesPerBurst = 50 }).Run(catalogue, [], new StartRequested(Id, "flow"), Now).Changes[0];

        change.IncidentsOpened.Should().ContainSingle(incident => incident.Message.Contains("50 activities"));
        change.Instance.Status.Should().Be(InstanceStatus.Suspended);
    }

    [Fact]
    public void Run_JoinBehindAnUntakenBranch_IsMarkedStalled()
    {
        DefinitionCatalogue catalogue = Flows.Catalogue(Flows.Of("""
            { "id": "Flow", "type": "Elsa.Flowchart", "activities": [
                { "id": "S", "type": "Elsa.Start" }, { "id": "Q", "type": "Elsa.FlowDecision", "condition": false }, { "id": "A", "type": "Elsa.WriteLine", "text": "a" },
                { "id": "J", "type": "Elsa.FlowJoin", "mode": "WaitAll" } ],
              "connections": [ { "source": { "activity": "S" }, "target": { "activity": "Q" } }, { "source": { "activity": "S" }, "target": { "activity": "A" } },
                { "source": { "activity": "Q", "port": "True" }, "target": { "activity": "J" } }, { "source": { "activity": "A" }, "target": { "activity": "J" } } ] }
            """));

        InstanceChange change = Start(catalogue);

        change.Instance.Status.Should().Be(InstanceStatus.Suspended);
        change.Instance.IsStalled.Should().BeTrue();
    }

    private InstanceChange Start(DefinitionCatalogue catalogue) => _runner.Run(catalogue, [], new StartRequested(Id, "flow"), Now).Changes[0];

    private Transition Run(DefinitionCatalogue catalogue, InstanceChange before, Stimulus stimulus) => _runner.Run(catalogue, [before.Instance], stimulus, Now);
}
