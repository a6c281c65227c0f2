using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>A flow as an activity takes its inputs and gives its outputs as designers write them.</summary>
public sealed class FlowAsActivityTests
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000002");

    [Theory]
    [InlineData("customer_id", "customer_id", "customer number")]
    [InlineData("customerId", "flowName", "customerNumber")]
    [InlineData("CustomerId", "_Name", "CustomerNumber")]
    public void Run_InputsAndOutputsAsDesignersWriteThem_ArriveAndReturn(string idMember, string nameMember, string outputMember)
    {
        WorkflowDefinition inner = Flows.Read("""
            { "definitionId": "inner", "id": "inner-v1", "name": "Inner", "version": 1, "isPublished": true, "options": { "usableAsActivity": true },
              "inputs": [ { "name": "customer_id", "type": "String" }, { "name": "Name", "type": "String" } ], "outputs": [ { "name": "customer number", "type": "String" } ],
              "root": { "id": "Set", "type": "Elsa.SetOutput", "version": 1, "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "customer number" } },
                "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('customer_id') + '/' + getInput('Name')" } } } }
            """);
        string name = nameMember == idMember ? "" : $$""", "{{nameMember}}": { "typeName": "String", "expression": { "type": "Literal", "value": "Li" } }""";
        WorkflowDefinition outer = Flows.Of(
            $$"""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Use", "type": "Inner", "version": 1, "name": "Inner1", "{{idMember}}": { "typeName": "String", "expression": { "type": "Literal", "value": "C-1" } }{{name}},
                "{{outputMember}}": { "typeName": "String", "memoryReference": { "id": "v" } } },
              { "id": "Say", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v" } } } } ] }
            """,
            variables: """[ { "id": "v", "name": "Number", "typeName": "String" } ]""");

        Transition transition = new InstanceRunner(EngineSettings.Default).Run(Flows.Catalogue(inner, outer), [], new Bookmarks.StartRequested(Id, "flow"), DateTimeOffset.UnixEpoch);

        transition.Changes.Should().ContainSingle().Which.Instance.Name.Should().Be(name.Length == 0 ? "C-1/null" : "C-1/Li");
    }
}
