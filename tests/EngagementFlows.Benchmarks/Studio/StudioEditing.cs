using System.Text;
using System.Text.Json.Nodes;

namespace EngagementFlows.Benchmarks.Studio;

/// <summary><c>studio-open-300</c>, <c>studio-save-300</c>, <c>studio-activities</c>: a flow of three hundred activities as the Studio opens it, saves it with another text each time, and asks for the activities after that.</summary>
internal sealed class StudioEditing : Benchmark
{
    private const int Activities = 300;
    private const string Flow = "bench-large";
    private const string Changing = "text that changes 0";

    private string? _body;
    private int _saves;

    public override IReadOnlyList<string> Names => ["studio-open-300", "studio-save-300", "studio-activities"];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => PageTimes.MeasureAsync(
        _ => Task.CompletedTask,
        [
            ("studio-open-300", PageTimes.Wanted, client => OpenAsync(client, cancellationToken)),
            ("studio-save-300", PageTimes.Wanted, client => SaveAsync(client, cancellationToken)),
            ("studio-activities", PageTimes.Wanted, client => client.GetAsync("/elsa/api/descriptors/activities?Refresh=True", cancellationToken)),
        ],
        cancellationToken);

    private async Task<HttpResponseMessage> OpenAsync(HttpClient client, CancellationToken cancellationToken)
    {
        if (_body is null)
        {
            using HttpResponseMessage imported = await PostAsync(client, "import", Large().ToJsonString(), cancellationToken);
            imported.EnsureSuccessStatusCode();
            using HttpResponseMessage opened = await client.GetAsync(Path("by-definition-id/" + Flow), cancellationToken);
            JsonNode shown = JsonNode.Parse(await opened.Content.ReadAsStringAsync(cancellationToken))!;
            _body = new JsonObject { ["model"] = shown, ["publish"] = false }.ToJsonString();
        }

        return await client.GetAsync(Path($"by-definition-id/{Flow}?versionOptions=Latest"), cancellationToken);
    }

    // Each as the next of one page: what it goes out from stays behind, and its number goes on.
    private Task<HttpResponseMessage> SaveAsync(HttpClient client, CancellationToken cancellationToken) =>
        PostAsync(client, "", _body!.Replace(Changing, $"text that changes {++_saves}", StringComparison.Ordinal), cancellationToken);

    private async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path(path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Editor", "benchmark");
        request.Headers.Add("X-Editor-Save", $"{_saves}");
        return await client.SendAsync(request, cancellationToken);
    }

    private static string Path(string path) => $"/elsa/api/workflow-definitions/{path}".TrimEnd('/');

    // A row of lines, scripts and decisions, drawn as people draw them.
    private static JsonObject Large()
    {
        JsonArray activities = [];
        JsonArray connections = [];
        for (int i = 0; i < Activities; i++)
        {
            (string type, string input, JsonObject value) = (i % 3) switch
            {
                0 => ("Elsa.WriteLine", "text", Expression("Literal", i == 0 ? Changing : $"The line {i} of a flow that somebody drew")),
                1 => ("Elsa.FlowDecision", "condition", Expression("JavaScript", $"getAmount() + {i} > 41 && getVariable('Name') != 'x'")),
                _ => ("EngagementFlows.AssignTask", "title", Expression("Liquid", $"Look at {{{{ Variables.Name }}}} again, {i}")),
            };
            activities.Add(new JsonObject
            {
                ["id"] = $"activity{i}",
                ["name"] = $"Activity{i}",
                ["type"] = type,
                ["version"] = 1,
                [input] = value,
                ["metadata"] = new JsonObject
                {
                    ["displayText"] = $"Step {i}",
                    ["designer"] = new JsonObject
                    {
                        ["position"] = new JsonObject { ["x"] = 260 * (i % 20), ["y"] = 140 * (i / 20) },
                        ["size"] = new JsonObject { ["width"] = 220, ["height"] = 88 },
                    },
                },
            });
            if (i > 0)
            {
                connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = $"activity{i - 1}", ["port"] = (i - 1) % 3 == 1 ? "True" : "Done" },
                    ["target"] = new JsonObject { ["activity"] = $"activity{i}", ["port"] = "In" },
                    ["vertices"] = new JsonArray(),
                });
            }
        }

        return new JsonObject
        {
            ["definitionId"] = Flow,
            ["id"] = Flow,
            ["name"] = "Large",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "amount", ["name"] = "Amount", ["typeName"] = "Int32" }, new JsonObject { ["id"] = "name", ["name"] = "Name", ["typeName"] = "String" }),
            ["root"] = new JsonObject { ["id"] = "Flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections },
        };
    }

    private static JsonObject Expression(string type, string value) =>
        new() { ["typeName"] = type == "JavaScript" ? "Boolean" : "String", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
