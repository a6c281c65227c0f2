namespace EngagementFlows.Benchmarks.Storage;

/// <summary>The flows of the loads.</summary>
internal static class Definitions
{
    public const string Order = "bench-order";
    public const string Delayed = "bench-delayed";
    public const string Quick = "bench-quick";

    /// <summary>Gets the flow that ends at once.</summary>
    public static string QuickJson => $$"""
        { "definitionId": "{{Quick}}", "id": "{{Quick}}-v1", "name": "Quick", "version": 1, "isLatest": true, "isPublished": true,
          "root": { "id": "Flow", "type": "Elsa.Sequence", "activities": [
            { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } } ] } }
        """;

    /// <summary>Gets the flow of starts and resumes: SetVariable, FlowDecision in JavaScript, Event; then SetVariable, End.</summary>
    public static string OrderJson => $$"""
        { "definitionId": "{{Order}}", "id": "{{Order}}-v1", "name": "Order", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [ { "id": "amount", "name": "Amount", "typeName": "Int32", "value": "0", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "inputs": [ { "name": "Total", "type": "Int32", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "root": { "id": "Flow", "type": "Elsa.Flowchart",
            "activities": [
              { "id": "Take", "type": "Elsa.SetVariable", "variable": { "id": "amount", "name": "Amount", "typeName": "Int32" },
                "value": { "typeName": "Object", "expression": { "type": "Literal", "value": 40 } } },
              { "id": "IsLarge", "type": "Elsa.FlowDecision",
                "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getAmount() + 2 > 41" } } },
              { "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } },
              { "id": "Note", "type": "Elsa.SetVariable", "variable": { "id": "amount", "name": "Amount", "typeName": "Int32" },
                "value": { "typeName": "Object", "expression": { "type": "Literal", "value": 1 } } },
              { "id": "End", "type": "Elsa.End" } ],
            "connections": [
              { "source": { "activity": "Take", "port": "Done" }, "target": { "activity": "IsLarge", "port": "In" } },
              { "source": { "activity": "IsLarge", "port": "True" }, "target": { "activity": "Wait", "port": "In" } },
              { "source": { "activity": "Wait", "port": "Done" }, "target": { "activity": "Note", "port": "In" } },
              { "source": { "activity": "Note", "port": "Done" }, "target": { "activity": "End", "port": "In" } } ] } }
        """;

    /// <summary>Gets the flow of timers: waits as long as its input says.</summary>
    public static string DelayedJson => $$"""
        { "definitionId": "{{Delayed}}", "id": "{{Delayed}}-v1", "name": "Delayed", "version": 1, "isLatest": true, "isPublished": true,
          "inputs": [ { "name": "Span", "type": "TimeSpan", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "root": { "id": "Flow", "type": "Elsa.Sequence", "activities": [
            { "id": "Wait", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Input", "value": { "type": "TimeSpan", "name": "Span" } } } } ] } }
        """;
}
