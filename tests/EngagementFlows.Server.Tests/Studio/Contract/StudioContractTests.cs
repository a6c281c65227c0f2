using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Contract;

/// <summary>Every answer has the members that the Studio reads, each of the kind that it can read: one that is not, and a panel stays white.</summary>
public sealed partial class StudioContractTests(ContractFixture server) : IClassFixture<ContractFixture>
{
    // The request, its body, and the kind of its answer: one of StudioShapes, or a status without a body, or `file`, `text`, `started`.
    // Names in braces stand for what ValueAsync makes.
    private static readonly (string Request, string? Body, string Answer)[] Calls =
    [
        ("GET descriptors/activities?Refresh=True", null, "list+(activity descriptor)"),
        ("GET descriptors/expression-descriptors", null, "list+(expression descriptor)"),
        ("GET features/installed", null, "list(feature)"),
        ("GET descriptors/workflow-activation-strategies", null, "list(strategy)"),
        ("GET descriptors/incident-strategies", null, "list(strategy)"),
        ("GET descriptors/log-persistence-strategies", null, "list(strategy)"),
        ("GET descriptors/commit-strategies/workflows", null, "list(commit strategy)"),
        ("GET descriptors/commit-strategies/activities", null, "list(commit strategy)"),
        ("GET descriptors/storage-drivers", null, "list+(storage driver)"),
        ("GET descriptors/variables", null, "list+(variable type)"),
        ("GET descriptors/output-converters?sourceType=String&destinationType=Int32", null, "list(output converter)"),
        ("POST descriptors/activities/{refreshed}", """{"context":{}}""", "options answer"),
        ("POST scripting/javascript/type-definitions/whole", """{"workflowDefinitionId":"whole","activityTypeName":"Elsa.WriteLine","propertyName":"Text"}""", "text"),

        ("GET workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&IsSystem=False&OrderBy=Name&OrderDirection=Ascending", null, "definition list"),
        ("GET workflow-definitions?versionOptions=Published", null, "definition list"),
        ("GET workflow-definitions?versionOptions=AllVersions&DefinitionIds=whole", null, "definition list"),
        ("GET workflow-definitions?Ids=whole-v1&Ids=used-v1", null, "definition list"),
        ("GET workflow-definitions/by-definition-id/whole?versionOptions=Latest", null, "definition"),
        ("GET workflow-definitions/by-definition-id/{draft}?versionOptions=Latest", null, "definition"),
        ("GET workflow-definitions/by-definition-id/{unknown}?versionOptions=Latest", null, "definition"),
        ("GET workflow-definitions/by-id/whole-v1", null, "definition"),
        ("GET workflow-definitions/validation/is-name-unique?name=Whole%20flow&definitionId=other", null, "unique"),
        ("GET workflow-definitions/subgraph/whole-v1?parentNodeId=Workflow1:chart:use", null, "node"),
        ("GET workflow-definitions/subgraph/whole-v1?parentNodeId=Workflow1:chart:either:say", null, "node"),
        ("GET workflow-definitions/subgraph/whole-v1", null, "node"),
        ("GET workflow-definitions/subgraph/segments/whole-v1?childNodeId=Workflow1:chart:use:Inner:deep", null, "way"),
        ("POST workflow-definitions", """{"model":{created},"publish":null}""", "saved"),
        ("POST workflow-definitions", """{"model":{changed},"publish":false}""", "saved"),
        ("POST workflow-definitions", """{"model":{changed},"publish":true}""", "saved"),
        ("POST workflow-definitions", """{"model":{stale},"publish":false}""", "refused"),
        ("POST workflow-definitions", "{}", "refused"),
        ("POST workflow-definitions/{draft}/publish", "{}", "saved"),
        ("POST workflow-definitions/{live}/publish", "{}", "saved"),
        ("POST workflow-definitions/{live}/retract", "{}", "definition"),
        ("POST workflow-definitions/{draft}/retract", "{}", "refused"),
        ("POST workflow-definitions/{live}/revert/1", null, "summary"),
        ("DELETE workflow-definitions/{draft}", null, "204"),
        ("DELETE workflow-definition-versions/{draft}-v1", null, "204"),
        ("GET workflow-definitions/{draft}/export?versionOptions=1&includeConsumingWorkflows=False", null, "file"),
        ("POST workflow-definitions/import", "{imported}", "definition"),
        ("POST workflow-definitions/{live}/execute", """{"correlationId":null,"triggerActivityId":null,"versionOptions":"Latest","input":null}""", "started"),
        ("POST bulk-actions/delete/workflow-definitions/by-definition-id", """{"definitionIds":["{draft}","nowhere"]}""", "deleted"),
        ("POST bulk-actions/delete/workflow-definitions/by-id", """{"ids":["{draft}-v1"]}""", "deleted"),
        ("POST bulk-actions/publish/workflow-definitions/by-definition-ids", """{"definitionIds":["{draft}","{live}","nowhere"]}""", "published"),
        ("POST bulk-actions/retract/workflow-definitions/by-definition-ids", """{"definitionIds":["{draft}","{live}","nowhere"]}""", "retracted"),
        ("POST bulk-actions/export/workflow-definitions", """{"ids":["whole-v1","used-v1"],"includeConsumingWorkflows":false}""", "file"),
        ("POST tests/activities", """{"workflowDefinitionHandle":{"definitionVersionId":"whole-v1"},"activityHandle":{"activityNodeId":"Workflow1:chart:calc"}}""", "tested"),
        ("POST tests/activities", """{"workflowDefinitionHandle":{"definitionVersionId":"mendable-v1"},"activityHandle":{"activityNodeId":"Workflow1:Main:Check"}}""", "tested"),
        ("POST tests/activities", """{"workflowDefinitionHandle":{"definitionVersionId":"whole-v1"},"activityHandle":{"activityNodeId":"nowhere"}}""", "tested"),

        ("GET workflow-instances/{waiting}", null, "whole instance"),
        ("GET workflow-instances/{mendable}", null, "whole instance"),
        ("GET workflow-instances/{failed}", null, "whole instance"),
        ("GET workflow-instances/{ended}", null, "whole instance"),
        ("GET workflow-instances/{waiting}/execution-state", null, "standing"),
        ("POST workflow-instances/{waiting}/journal?skip=0&take=1000", """{"filter":null}""", "page(record)"),
        ("POST workflow-instances/{failed}/journal", """{"filter":{"eventNames":["Faulted"]}}""", "page(record)"),
        ("GET workflow-instances/{waiting}/variables", null, "list+(value)"),
        ("POST activity-executions/report", """{"workflowInstanceId":"{waiting}","activityNodeIds":["Workflow1:chart:say","Workflow1:chart:ask"]}""", "stats"),
        ("GET activity-execution-summaries/list?WorkflowInstanceId={waiting}&ActivityNodeId=Workflow1:chart:ask", null, "list+(execution summary)"),
        ("GET activity-execution-summaries/list?WorkflowInstanceId={mendable}&ActivityNodeId=Workflow1:Main:Check", null, "list+(execution summary)"),
        ("GET activity-execution-summaries/list?WorkflowInstanceId={waiting}&ActivityNodeId=Workflow1:chart:calc", null, "list+(execution summary)"),
        ("GET activity-executions/list?WorkflowInstanceId={waiting}&ActivityNodeId=Workflow1:chart", null, "list+(execution)"),
        ("GET activity-executions/list?WorkflowInstanceId={waiting}&ActivityNodeId=Workflow1:chart:calc", null, "list+(execution)"),
        ("GET activity-executions/list?WorkflowInstanceId={mendable}&ActivityNodeId=Workflow1:Main:Check", null, "list+(execution)"),
        ("GET activity-executions/by-id?id={execution}", null, "execution"),
        ("GET activity-executions/{execution}/call-stack?includeCrossWorkflowChain=True", null, "call stack"),
        ("POST workflow-instances", """{"page":0,"pageSize":50,"searchTerm":null,"definitionIds":[],"isSystem":false,"statuses":[],"subStatuses":[],"orderDirection":"Descending","timestampFilters":[]}""", "page(instance)"),
        ("POST cancel/workflow-instances/{waiting}", null, "200"),
        ("POST bulk-actions/cancel/workflow-instances", """{"ids":["{waiting}"],"definitionVersionId":null,"definitionId":null,"versionOptions":null}""", "cancelled"),
        ("POST alterations/submit", """{"alterations":[{"type":"Cancel"}],"filter":{"workflowInstanceIds":["{waiting}"]}}""", "plan"),
        ("DELETE workflow-instances/{ended}", null, "204"),
        ("POST bulk-actions/delete/workflow-instances/by-id", """{"ids":["{ended}"]}""", "deleted"),
        ("POST bulk-actions/import/workflow-instances", "{}", "count"),
    ];

    private int _names;

    [Fact]
    public async Task EveryAnswer_HasTheShapeThatTheStudioReads()
    {
        StudioShapes shapes = new();
        shapes.Learn(JsonDocument.Parse((await GetAsync(server.Operator, "descriptors/activities")).ToJsonString()).RootElement);

        foreach ((string request, string? body, string answer) in Calls)
            await AskAsync(await FilledAsync(request), body is null ? null : await FilledAsync(body), answer, shapes);

        shapes.Faults.Should().BeEmpty();
        shapes.NeverSeen.Should().BeEmpty("what no answer holds is not tested: let one hold it, or say in the shape that there is never anything");
    }

    [Fact]
    public void EveryAddress_IsAsked()
    {
        foreach (string address in StudioAddressTests.Addresses)
        {
            Regex pattern = new("^" + Regex.Escape(address).Replace(@"\{}", "[^/?]+", StringComparison.Ordinal) + @"(\?|$)");
            Calls.Should().Contain(call => pattern.IsMatch(call.Request.Replace("{refreshed}", "type/options/input", StringComparison.Ordinal)), address);
        }
    }

    private async Task AskAsync(string request, string? body, string answer, StudioShapes shapes)
    {
        string[] parts = request.Split(' ', 2);
        using HttpRequestMessage message = new(new HttpMethod(parts[0]), "elsa/api/" + parts[1]) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await server.Operator.SendAsync(message);
        string text = await response.Content.ReadAsStringAsync();
        HttpStatusCode expected = answer switch { "204" => HttpStatusCode.NoContent, "refused" => HttpStatusCode.BadRequest, _ => HttpStatusCode.OK };
        if (response.StatusCode != expected)
        {
            shapes.Fault(request, $"{response.StatusCode} {text}");
            return;
        }

        switch (answer)
        {
            case "200" or "204":
                break;
            case "started":
                if (!response.Headers.TryGetValues("x-elsa-workflow-instance-id", out IEnumerable<string>? started) || !Guid.TryParse(started.Single(), out _))
                    shapes.Fault(request, "the header does not tell the instance");
                break;
            case "file":
                if (string.IsNullOrEmpty(response.Content.Headers.ContentDisposition?.FileName))
                    shapes.Fault(request, "the file has no name");
                break;
            case "text":
                if (response.Content.Headers.ContentType?.MediaType != "text/plain" || text.Length == 0)
                    shapes.Fault(request, $"is no text but {response.Content.Headers.ContentType}");
                break;
            default:
                if (response.Content.Headers.ContentType?.MediaType != "application/json")
                    shapes.Fault(request, $"is no JSON but {response.Content.Headers.ContentType}");
                shapes.Check(answer == "refused" ? "errors" : answer, JsonDocument.Parse(text).RootElement, request);
                break;
        }
    }

    private async Task<string> FilledAsync(string text)
    {
        StringBuilder filled = new();
        int end = 0;
        foreach (Match name in Placeholder().Matches(text))
        {
            filled.Append(text, end, name.Index - end).Append(await ValueAsync(name.Groups[1].Value));
            end = name.Index + name.Length;
        }

        return filled.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>Makes what a call is about: each time something new.</summary>
    private async Task<string> ValueAsync(string name)
    {
        string title = $"{name} {++_names}";
        switch (name)
        {
            case "waiting":
                return await server.StartAsync("whole");
            case "mendable":
                return await server.StartAsync(name);
            case "failed":
                return await server.StartAsync("failing");
            case "ended":
                return await server.StartAsync("ending");
            case "execution":
                JsonObject runs = await GetAsync(server.Operator, $"activity-execution-summaries/list?WorkflowInstanceId={await server.StartAsync("whole")}&ActivityNodeId=Workflow1:chart:calc");
                return runs["items"]![0]!["id"]!.GetValue<string>();
            case "draft":
                return (await server.DraftAsync(title))["definitionId"]!.GetValue<string>();
            case "live":
                return (await server.PublishedAsync(title))["definitionId"]!.GetValue<string>();
            case "created":
                return NewModel(title).ToJsonString();
            case "changed":
                return Changed(await server.DraftAsync(title), "two").ToJsonString();
            case "stale":
                JsonObject draft = await server.DraftAsync(title);
                await SavedAsync(server.Administrator, Changed(draft, "somebody else's"));
                return Changed(draft, "two").ToJsonString();
            case "imported":
                JsonObject file = ContractFixture.WithAnUnknownActivity();
                file["definitionId"] = $"imported-{_names}";
                return file.ToJsonString();
            case "unknown":
                JsonObject unknown = ContractFixture.WithAnUnknownActivity();
                unknown["definitionId"] = $"unknown-{_names}";
                using (HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(unknown)))
                    answer.EnsureSuccessStatusCode();
                return $"unknown-{_names}";
            case "refreshed":
                JsonArray activities = (JsonArray)(await GetAsync(server.Operator, "descriptors/activities"))["items"]!;
                return (from activity in activities
                        from input in (JsonArray)activity!["inputs"]!
                        where input!["uiSpecifications"]?["Refresh"] is not null
                        select $"{activity["typeName"]}/options/{input["name"]}").First();
            default:
                throw new ArgumentException($"Nobody makes '{name}'.", nameof(name));
        }
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Placeholder();
}
