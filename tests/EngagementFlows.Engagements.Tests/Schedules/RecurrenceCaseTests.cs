using System.Text.Json;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Schedules;

/// <summary>A rhythm played in virtual time: three weekly reviews, each prepared two working days before.</summary>
public sealed class RecurrenceCaseTests
{
    // 6 April 2026, Qingming, is a Monday off in China: that review is on Tuesday, and the next on a Monday again.
    private const string Definition = """
        { "definitionId": "review", "id": "review-v1", "name": "review", "version": 1,
          "variables": [
            { "id": "v-after", "name": "After", "typeName": "Object", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v-start", "name": "Start", "typeName": "Object", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v-day", "name": "Day", "typeName": "String", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "root": { "id": "Root", "type": "Elsa.For",
            "start": { "typeName": "Int32", "expression": { "type": "Literal", "value": "1" } }, "end": { "typeName": "Int32", "expression": { "type": "Literal", "value": "3" } },
            "body": { "id": "Body", "type": "Elsa.Sequence", "activities": [
              { "id": "Wait", "type": "EngagementFlows.WaitForRecurrence",
                "rule": { "typeName": "String", "expression": { "type": "Literal", "value": "weekly" } },
                "lead": { "typeName": "String", "expression": { "type": "Literal", "value": "2 working days" } },
                "after": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "variables.After" } },
                "start": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "variables.Start" } },
                "occursAt": { "typeName": "DateTimeOffset", "memoryReference": { "id": "v-after" } },
                "startsOn": { "typeName": "Object", "memoryReference": { "id": "v-start" } },
                "day": { "typeName": "String", "memoryReference": { "id": "v-day" } } },
              { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "variables.Day" } } },
              { "id": "Meet", "type": "EngagementFlows.ScheduleMeeting",
                "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Review" } }, "titleZh": { "typeName": "String", "expression": { "type": "Literal", "value": "回顾" } },
                "audience": { "typeName": "String", "expression": { "type": "Literal", "value": "internal" } },
                "when": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "variables.After" } } } ] } } }
        """;

    [Fact]
    public void Play_AWeeklyReview_InvitesTwoWorkingDaysBeforeEachAndKeepsTheRhythmOverAHoliday()
    {
        PlainObject actual = Play("""[ { "type": "advance", "by": "20.00:00:00" } ]""");

        ((PlainList)actual["writeLine"]!).Should().Equal("Mon 30 Mar 2026", "Tue 7 Apr 2026", "Mon 13 Apr 2026");
        ((PlainList)actual["mails"]!).Cast<PlainObject>().Where(mail => mail["template"] as string == "meeting-invited").Select(mail => mail["at"]).Distinct().Should()
            .Equal("2026-03-26T02:00:00Z", "2026-04-02T02:00:00Z", "2026-04-09T02:00:00Z");
        actual["status"].Should().Be("Finished");
    }

    private static PlainObject Play(string stimuli)
    {
        using JsonDocument file = JsonDocument.Parse($$"""
            { "definition": "review.json", "correlationId": "0197a000-0000-7000-8000-0000000000e1", "now": "2026-03-23T09:00:00Z",
              "house": { "firm": { "zone": "Asia/Shanghai", "country": "CN" }, "client": { "zone": "Asia/Shanghai", "country": "CN" } }, "stimuli": {{stimuli}}, "expected": { "status": "Finished" } }
            """);
        RehearsalCase played = RehearsalCase.Read(file.RootElement, "review", _ => Definition);
        return new CasePlayer(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), TimeZoneInfo.Utc).Play(played);
    }
}
