using System.Text.Json;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Promises;

/// <summary>A case file expects what becomes of clocks, as it does of effects.</summary>
public sealed class ClockCaseTests
{
    private const string Definition = """
        { "definitionId": "answer", "id": "answer-v1", "name": "answer", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [
          { "id": "Start", "type": "EngagementFlows.StartClock", "name": { "typeName": "String", "expression": { "type": "Literal", "value": "answer" } },
            "class": { "typeName": "String", "expression": { "type": "Literal", "value": "urgent" } } },
          { "id": "Other", "type": "EngagementFlows.StartClock", "name": { "typeName": "String", "expression": { "type": "Literal", "value": "solution" } },
            "limit": { "typeName": "String", "expression": { "type": "Literal", "value": "3 working days" } } },
          { "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Answered" } } },
          { "id": "Stop", "type": "EngagementFlows.StopClock", "name": { "typeName": "String", "expression": { "type": "Literal", "value": "answer" } } } ] } }
        """;

    [Theory]
    [InlineData("01:30:00", """[{ "name": "answer", "class": "urgent", "limit": "1 working hour", "state": "Stopped", "isKept": false, "elapsed": "01:30:00" }, { "name": "solution", "state": "Closed", "isKept": null }]""")]
    [InlineData("00:20:00", """[{ "isKept": true, "dueAt": "2026-03-02T10:00:00Z" }, { "class": null, "dueAt": "2026-03-05T09:00:00Z" }]""")]
    public void Play_ACaseWithClocks_ComparesThem(string by, string clocks) => Differences(by, clocks).Should().BeEmpty();

    [Fact]
    public void Play_ACaseThatExpectsOtherwise_SaysWhatDiffers()
    {
        Differences("00:20:00", """[{ "isKept": false }, {}]""").Should().ContainSingle().Which.Should().Contain("clocks[0].isKept");
        Differences("00:20:00", "[]").Should().ContainSingle().Which.Should().Contain("clocks: expected 0, got 2").And.Contain("answer");
    }

    private static IReadOnlyList<string> Differences(string by, string clocks)
    {
        using JsonDocument file = JsonDocument.Parse($$"""
            {
              "definition": "answer.json", "correlationId": "0197a000-0000-7000-8000-0000000000e1", "now": "2026-03-02T09:00:00Z",
              "house": { "promises": { "urgent": { "answer": "1 working hour" } } },
              "stimuli": [ { "type": "advance", "by": "{{by}}" }, { "type": "event", "name": "Answered" } ],
              "expected": { "status": "Finished", "incidents": [], "clocks": {{clocks}} }
            }
            """);
        RehearsalCase played = RehearsalCase.Read(file.RootElement, "clocks", _ => Definition);
        PlainObject actual = new CasePlayer(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), TimeZoneInfo.Utc).Play(played);
        return CaseComparison.Differences(played, played.Expected!, actual);
    }
}
