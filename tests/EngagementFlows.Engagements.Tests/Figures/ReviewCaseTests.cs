using System.Text.Json;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Figures;

/// <summary>A case file plays milestones and figures: what the flow did is counted, and what was before is given by the house.</summary>
public sealed class ReviewCaseTests
{
    private const string Definition = """
        { "definitionId": "review", "id": "review-v1", "name": "review", "version": 1,
          "options": { "incidentStrategyType": "ContinueWithIncidentsStrategy" },
          "variables": [ { "id": "Figures", "name": "Figures", "typeName": "Object" } ],
          "outputs": [ { "name": "Drawn", "type": "Object" } ],
          "root": { "id": "Root", "type": "Elsa.Flowchart", "start": "Plan",
          "activities": [
          { "id": "Plan", "type": "EngagementFlows.SetMilestones", "milestones": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "[{ title: 'Design', due: '2026-03-03' }, { title: 'Build', due: '2026-04-01' }]" } } },
          { "id": "Promise", "type": "EngagementFlows.StartClock", "name": { "typeName": "String", "expression": { "type": "Literal", "value": "answer" } }, "limit": { "typeName": "String", "expression": { "type": "Literal", "value": "1 working hour" } } },
          { "id": "Do", "type": "EngagementFlows.AssignTask", "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Do it" } }, "dueIn": { "typeName": "String", "expression": { "type": "Literal", "value": "1 working hour" } }, "staysOpen": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } } },
          { "id": "Kept", "type": "EngagementFlows.StopClock", "name": { "typeName": "String", "expression": { "type": "Literal", "value": "answer" } } },
          { "id": "Review", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Review" } } },
          { "id": "Draw", "type": "EngagementFlows.DrawFigures", "figures": { "typeName": "Object", "memoryReference": { "id": "Figures" } } },
          { "id": "Missed", "type": "Elsa.Fault", "message": { "typeName": "String", "expression": { "type": "Literal", "value": "The review was missed." } } },
          { "id": "Show", "type": "Elsa.SetOutput", "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "Drawn" } }, "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "JSON.stringify(getVariable('Figures'))" } } } ],
          "connections": [
          { "source": { "activity": "Plan", "port": "Done" }, "target": { "activity": "Promise", "port": "In" } },
          { "source": { "activity": "Promise", "port": "Done" }, "target": { "activity": "Do", "port": "In" } },
          { "source": { "activity": "Do", "port": "Done" }, "target": { "activity": "Kept", "port": "In" } },
          { "source": { "activity": "Kept", "port": "Done" }, "target": { "activity": "Review", "port": "In" } },
          { "source": { "activity": "Review", "port": "Done" }, "target": { "activity": "Draw", "port": "In" } },
          { "source": { "activity": "Draw", "port": "Done" }, "target": { "activity": "Missed", "port": "In" } },
          { "source": { "activity": "Draw", "port": "Done" }, "target": { "activity": "Show", "port": "In" } } ] } }
        """;

    [Fact]
    public void Play_AReview_CountsWhatTheRehearsalDidBefore()
    {
        PlainObject result = Play("""[ { "type": "advance", "by": "2.02:00:00" }, { "type": "milestone", "name": "Design" }, { "type": "task", "activityId": "Do", "outcome": "Done" }, { "type": "event", "name": "Review" } ]""");

        string drawn = (string)((PlainObject)result["outputs"]!)["Drawn"]!;
        drawn.Should().Contain("\"promises\":{\"kept\":5,\"broken\":1,\"running\":0,\"overdue\":0").And.Contain("\"tasks\":{\"inTime\":0,\"late\":1,\"open\":0,\"overdue\":0")
            .And.Contain("\"reachedOn\":\"2026-03-04\",\"standing\":\"reached-late\"").And.Contain("\"late\":1,\"ahead\":1,\"overdue\":0");
    }

    [Fact]
    public void Play_AnElsaFaultBesideTheWay_IsAnIncidentAndTheFlowGoesOn()
    {
        PlainObject result = Play("""[ { "type": "task", "activityId": "Do", "outcome": "Done" }, { "type": "event", "name": "Review" } ]""");

        result["status"].Should().Be("Running");
        ((PlainList)result["incidents"]!).Should().ContainSingle();
        ((PlainObject)result["outputs"]!).ContainsKey("Drawn").Should().BeTrue("the other branch went on");
    }

    [Theory]
    [InlineData("""{ "type": "milestone", "name": "Party" }""", "no milestone 'Party'")]
    [InlineData("""{ "type": "milestone", "name": "Build", "on": "2026-12-01" }""", "lies ahead")]
    public void Play_AMilestoneThatCannotBeReached_SaysWhy(string stimulus, string words)
    {
        PlainObject result = Play($"[ {stimulus} ]");

        Engine.Values.PlainJson.Write(result).Should().Contain(words);
    }

    private static PlainObject Play(string stimuli)
    {
        using JsonDocument file = JsonDocument.Parse($$"""
            { "definition": "review.json", "correlationId": "0197a000-0000-7000-8000-0000000000e1", "now": "2026-03-02T09:00:00Z",
              "house": { "figures": { "since": "2026-01-01", "promises": { "kept": 5 } } }, "stimuli": {{stimuli}} }
            """);
        return new CasePlayer(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), TimeZoneInfo.Utc).Play(RehearsalCase.Read(file.RootElement, "review", _ => Definition));
    }
}
