using System.Text.Json;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Tests.Definitions;

public sealed class DefinitionValidatorTests
{
    [Fact]
    public void Validate_ManyFaults_ReportsAllAtOnceWithActivityAndField()
    {
        WorkflowDefinition definition = Flows.Of("""
            { "id": "Flow", "type": "Elsa.Flowchart", "activities": [
                { "id": "Lost", "type": "Elsa.WriteLin" },
                { "id": "Ask", "type": "Elsa.FlowDecision", "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "1 +" } } },
                { "id": "Set", "type": "Elsa.SetVariable", "variable": { "id": "nowhere" }, "value": 1 },
                { "id": "Wait", "type": "Elsa.Event" },
                { "id": "Span", "type": "Elsa.Delay", "timeSpan": "PT5M" },
                { "id": "Odd", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Fortran", "value": "x" } } } ],
              "connections": [
                { "source": { "activity": "Lost" }, "target": { "activity": "Ask" } },
                { "source": { "activity": "Ask", "port": "Maybe" }, "target": { "activity": "Set" } },
                { "source": { "activity": "Set" }, "target": { "activity": "Gone" } } ] }
            """);

        IReadOnlyList<DefinitionFault> faults = DefinitionValidator.Validate(definition, Flows.Catalogue(definition));

        faults.Should().Contain(fault => fault.ActivityId == "Lost" && fault.Field == "type" && fault.Message.Contains("'Elsa.WriteLine'"));
        faults.Should().Contain(fault => fault.ActivityId == "Ask" && fault.Field == "condition" && fault.Severity == FaultSeverity.Fault);
        faults.Should().Contain(fault => fault.ActivityId == "Ask" && fault.Field == "connections" && fault.Message.Contains("'Maybe'"));
        faults.Should().Contain(fault => fault.ActivityId == "Set" && fault.Field == "variable" && fault.Message.Contains("'nowhere'"));
        faults.Should().Contain(fault => fault.ActivityId == "Wait" && fault.Field == "eventName" && fault.Severity == FaultSeverity.Fault);
        faults.Should().Contain(fault => fault.ActivityId == "Wait" && fault.Field == null && fault.Severity == FaultSeverity.Warning);
        faults.Should().Contain(fault => fault.ActivityId == "Span" && fault.Field == "timeSpan");
        faults.Should().Contain(fault => fault.ActivityId == "Odd" && fault.Field == "text" && fault.Message.Contains("'Fortran'"));
        faults.Should().Contain(fault => fault.ActivityId == "Flow" && fault.Message.Contains("'Gone'"));
        faults.Should().Contain(fault => fault.ActivityId == "Odd" && fault.Message.Contains("never runs"));
        faults.Should().OnlyContain(fault => fault.In("zh-CN").Any(unit => unit >= 0x4E00) && fault.In("zh-CN").Contains(fault.ActivityId!) && fault.In("en") == fault.Message);
    }

    [Fact]
    public void Validate_NamedActivities_AreCalledByTheirNamesAndFoundByTheirIds()
    {
        WorkflowDefinition definition = Flows.Of("""
            { "id": "Flow", "type": "Elsa.Flowchart", "activities": [
                { "id": "a1", "type": "Elsa.WriteLine", "text": "1", "metadata": { "displayText": "Greet" }, "customProperties": { "displayName": { "zh-CN": "问候" } } },
                { "id": "b2", "type": "Elsa.WriteLine", "text": "the activity 'a1'", "metadata": { "displayText": "Part" } } ],
              "connections": [ { "source": { "activity": "a1", "port": "Never" }, "target": { "activity": "b2" } } ] }
            """);

        DefinitionFault fault = DefinitionValidator.Validate(definition, Flows.Catalogue(definition)).Should().ContainSingle().Which;

        fault.Message.Should().StartWith("The connection from 'Greet' (a1) to 'Part' (b2) leaves by the port 'Never'");
        fault.MessageZh.Should().StartWith("从“问候”（a1）到“Part”（b2）的连线使用出口“Never”");
        fault.In("zh-CN", activity => activity.Id.ToUpperInvariant()).Should().StartWith("从“A1”到“B2”的连线");
        JsonSerializer.Deserialize<DefinitionFault>(JsonSerializer.Serialize(fault))!.In("zh-CN").Should().Be(fault.MessageZh, "outcomes of imports are kept as JSON");
    }

    [Fact]
    public void Validate_SoundFlow_FindsNothing()
    {
        WorkflowDefinition definition = Flows.Of("""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [ { "id": "Say", "type": "Elsa.WriteLine", "text": "hello" }, { "id": "Nap", "type": "Elsa.Delay", "timeSpan": "00:05:00" } ] }
            """);

        DefinitionValidator.Validate(definition, Flows.Catalogue(definition)).Should().BeEmpty();
    }
}
