using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Definitions.Comparison;

namespace EngagementFlows.Engine.Tests.Definitions;

/// <summary>What a reader is told of the difference between two versions, and what he is not.</summary>
public sealed class DefinitionComparisonTests
{
    private const string Root = """
        { "id": "Flow", "type": "Elsa.Flowchart", "version": 1, "activities": [
            { "id": "Say", "type": "Elsa.WriteLine", "version": 1, "metadata": { "displayText": "Say hello", "designer": { "position": { "x": 1, "y": 2 } } },
              "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } },
            { "id": "Nap", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:05:00" } } },
            { "id": "Loop", "type": "Elsa.While", "version": 1, "body": { "id": "Inner", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "in" } } } } ],
          "connections": [ { "source": { "activity": "Say", "port": "Done" }, "target": { "activity": "Nap", "port": "In" }, "vertices": [] } ] }
        """;

    [Fact]
    public void Between_TheSameText_IsEmpty() => Compare(Root, Root).IsEmpty.Should().BeTrue();

    [Fact]
    public void Between_OnlyTheDrawingDiffers_IsEmpty()
    {
        string moved = Root.Replace("\"x\": 1", "\"x\": 640", StringComparison.Ordinal).Replace("\"vertices\": []", "\"vertices\": [ { \"x\": 5, \"y\": 6 } ]", StringComparison.Ordinal)
            .Replace("\"id\": \"Flow\"", "\"id\": \"a1b2\", \"nodeId\": \"Workflow1:a1b2\"", StringComparison.Ordinal);

        Compare(Root, moved).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Between_TheSameValueWrittenOtherwise_IsEmpty()
    {
        string otherwise = Root.Replace("""{ "typeName": "String", "expression": { "type": "Literal", "value": "hello" } }""", "\"hello\"", StringComparison.Ordinal);

        Compare(Root, otherwise).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Between_AnInputThatDiffers_TellsOldAndNewUnderItsName()
    {
        string changed = Root.Replace("""{ "type": "Literal", "value": "hello" }""", """{ "type": "JavaScript", "value": "getName()" }""", StringComparison.Ordinal);

        ActivityChange change = Compare(Root, changed).Activities.Should().ContainSingle().Subject;

        change.Kind.Should().Be(ChangeKind.Changed);
        change.Activity.Id.Should().Be("Say");
        FieldChange field = change.Fields.Should().ContainSingle().Subject;
        field.Field.Should().Be("text");
        field.Name.ZhCn.Should().NotBe(field.Name.En);
        (field.Before, field.After).Should().Be(("hello", "JavaScript: getName()"));
    }

    [Fact]
    public void Between_ActivitiesAndConnectionsComeAndGo()
    {
        string changed = Root.Replace("\"id\": \"Nap\"", "\"id\": \"Rest\"", StringComparison.Ordinal).Replace("\"activity\": \"Nap\"", "\"activity\": \"Rest\"", StringComparison.Ordinal);

        DefinitionComparison comparison = Compare(Root, changed);

        comparison.Activities.Select(change => (change.Kind, change.Activity.Id)).Should().Equal((ChangeKind.Added, "Rest"), (ChangeKind.Removed, "Nap"));
        comparison.Activities[0].Fields.Should().Contain(field => field.Field == "timeSpan" && field.Before == null && field.After == "00:05:00");
        comparison.Activities[1].Fields.Should().Contain(field => field.Field == "timeSpan" && field.Before == "00:05:00" && field.After == null);
        comparison.Connections.Select(change => (change.Kind, change.Connection.Target.Id)).Should().Equal((ChangeKind.Added, "Rest"), (ChangeKind.Removed, "Nap"));
    }

    [Fact]
    public void Between_AChangeInsideAContainer_IsToldOfTheChildAlone()
    {
        ActivityChange change = Compare(Root, Root.Replace("\"value\": \"in\"", "\"value\": \"out\"", StringComparison.Ordinal)).Activities.Should().ContainSingle().Subject;

        change.Activity.Id.Should().Be("Inner");
    }

    [Fact]
    public void Between_TheFlowItself_TellsNamesVariablesAndOptions()
    {
        const string Before = """{ "definitionId": "flow", "id": "flow-v1", "name": "Old", "variables": [ { "id": "v", "name": "Round", "typeName": "Int32", "value": "1" } ], "options": { "usableAsActivity": true }, "root": { "id": "a", "type": "Elsa.WriteLine" } }""";
        const string After = """{ "definitionId": "flow", "id": "flow-v2", "version": 2, "name": "New", "variables": [ { "id": "v", "name": "Round", "typeName": "Int32", "value": 2 }, { "id": "w", "name": "Why", "typeName": "String", "isArray": true } ], "options": { "usableAsActivity": false }, "root": { "id": "a", "type": "Elsa.WriteLine" } }""";

        IReadOnlyList<FieldChange> flow = DefinitionComparison.Between(Flows.Read(Before), Flows.Read(After)).Flow;

        flow.Select(field => (field.Field, field.Before, field.After)).Should().BeEquivalentTo(new[]
        {
            ("name", "Old", "New"), ("variables.Round", "Int32 = 1", "Int32 = 2"), ("variables.Why", null, "String[]"), ("options.usableAsActivity", "true", null),
        });
    }

    private static DefinitionComparison Compare(string before, string after) => DefinitionComparison.Between(Flows.Of(before), Flows.Of(after));
}
