using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Tests.Activities;

public sealed class ActivityDescriptorTests
{
    public static TheoryData<string> Types { get; } = [.. EngagementActivities.All.Select(activity => activity.Descriptor.TypeName)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Descriptor_EveryText_StandsInBothLanguages(string type)
    {
        ActivityDescriptor descriptor = new ActivityCatalog(EngagementActivities.All).Find(type)!.Descriptor;

        IEnumerable<LocalizedText> texts =
        [
            descriptor.Category, descriptor.DisplayName, descriptor.Description,
            .. descriptor.Inputs.SelectMany(input => new[] { input.DisplayName, input.Description }),
            .. descriptor.Outputs.SelectMany(output => new[] { output.DisplayName, output.Description }),
        ];

        texts.Should().OnlyContain(text => text.En.Length > 0 && text.ZhCn.Any(unit => unit >= 0x4E00) && text.En.All(unit => unit < 0x3000));
    }

    [Fact]
    public void Descriptor_InputsOfDurations_ShowHowBothKindsAreWritten() =>
        EngagementActivities.All.SelectMany(activity => activity.Descriptor.Inputs).Where(input => input.Name is "dueIn" or "remindEvery" or "escalateAfter")
            .Should().OnlyContain(input => input.TypeName == "String" && input.Description.En.Contains("working day") && input.Description.En.Contains(".00:00:00"));

    [Fact]
    public void Validate_DurationsThatCannotBeRead_AreFaultsOfTheirFields()
    {
        const string root = """
            { "id": "Root", "type": "Elsa.Sequence", "activities": [
                { "id": "Wait", "type": "EngagementFlows.WaitWorkingTime", "time": { "typeName": "String", "expression": { "type": "Literal", "value": "two days" } } },
                { "id": "Ask", "type": "EngagementFlows.AskClient",
                  "form": { "typeName": "String", "expression": { "type": "Literal", "value": "forms/a.json" } },
                  "mail": { "typeName": "String", "expression": { "type": "Literal", "value": "ask" } },
                  "dueIn": { "typeName": "String", "expression": { "type": "Literal", "value": "0 working days" } },
                  "remindEvery": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "2.00:00:00" } } } ] }
            """;
        ActivityCatalog activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
        WorkflowDefinition definition = DefinitionReader.Read($$"""{ "definitionId": "d", "id": "d1", "name": "d", "version": 1, "root": {{root}} }""", activities).Definition!;

        IEnumerable<DefinitionFault> faults = DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(activities, [definition])).Where(fault => fault.Severity == FaultSeverity.Fault);

        faults.Select(fault => (fault.ActivityId, fault.Field)).Should().BeEquivalentTo([("Wait", "time"), ("Ask", "dueIn")]);
    }
}
