using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>Calls an HTTP address and runs the activity for the status of the answer.</summary>
internal sealed class SendHttpRequest() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.SendHttpRequest",
    Category = Describe.Http,
    DisplayName = Describe.Text("HTTP request", "HTTP 请求"),
    Description = Describe.Text("Calls an HTTP address and runs the activity for the answer's status.", "调用 HTTP 地址，并按应答状态运行活动。"),
    Inputs = [.. HttpCall.Inputs, Describe.Input("expectedStatusCodes", "Object", Describe.Text("Expected codes", "预期状态码"), Describe.Text("Status codes with activities.", "状态码及其活动。")).Late().Plain().Editor("http-status-codes")],
    Outputs = HttpCall.Outputs,
    Kind = "Task",
    ChildProperties = ["expectedStatusCodes", "unmatchedStatusCode", "failedToConnect", "timeout"],
})
{
    public override ActivityResult Execute(ActivityContext context) => HttpCall.Begin(context);

    internal override void Continue(ActivityExecution execution, Bookmark bookmark, PlainObject input)
    {
        ActivityNode? next = HttpCall.Take(execution, input) switch
        {
            (_, HttpCallFailure.Connect) => execution.Node.ChildIn("failedToConnect"),
            (_, HttpCallFailure.Timeout) => execution.Node.ChildIn("timeout"),
            (long status, _) => Case(execution.Node, status),
            _ => null,
        };
        execution.Run.Schedule(execution, next);
    }

    private static ActivityNode? Case(ActivityNode node, long status)
    {
        foreach (JsonElement item in node.Json.Items("expectedStatusCodes"))
        {
            if (item.Number("statusCode") == status)
                return item.Find("activity", out JsonElement activity) && activity.Text("id") is { } id ? node.Child(id) : null;
        }

        return node.ChildIn("unmatchedStatusCode");
    }
}

/// <summary>Calls an HTTP address and goes on by the status of the answer.</summary>
internal sealed class FlowSendHttpRequest() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowSendHttpRequest",
    Category = Describe.Http,
    DisplayName = Describe.Text("HTTP request (flow)", "HTTP 请求（流程）"),
    Description = Describe.Text("Calls an HTTP address and goes on by the answer's status.", "调用 HTTP 地址，按应答状态继续。"),
    Inputs = [.. HttpCall.Inputs, Describe.Input("expectedStatusCodes", "Int32[]", Describe.Text("Expected codes", "预期状态码"), Describe.Text("Status codes with outcomes of their own.", "各有走向的状态码。")).Editor("multi-text")],
    Outputs = HttpCall.Outputs,
    Outcomes = ["Done", "Unmatched status code", "Failed to connect", "Timeout"],
    HasDynamicOutcomes = true,
    Kind = "Task",
})
{
    public override ActivityResult Execute(ActivityContext context) => HttpCall.Begin(context);

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input)
    {
        (long? status, HttpCallFailure? failure) = HttpCall.Take((ActivityExecution)context, input);
        if (failure is not null)
            return ActivityResult.Complete(failure == HttpCallFailure.Timeout ? "Timeout" : "Failed to connect");
        if (context.Input("expectedStatusCodes") is not PlainList { Count: > 0 } expected)
            return ActivityResult.Done;
        return ActivityResult.Complete(expected.Contains(status) ? $"{status}" : "Unmatched status code", "Done");
    }
}
