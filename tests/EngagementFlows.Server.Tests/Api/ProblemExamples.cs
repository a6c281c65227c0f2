using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Tests.Architecture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>The document's examples of errors, compared with what a server answered; <c>EF_WRITE_EXAMPLES=1</c> writes them.</summary>
internal static partial class ProblemExamples
{
    private static readonly string FilePath = Path.Combine(Repository.Root, "src/EngagementFlows.Server/Api/problems.json");
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Test classes run side by side.
    private static readonly Lock Gate = new();

    public static async Task CheckAsync(int status, string answer)
    {
        string shown = Shown(answer);
        if (Environment.GetEnvironmentVariable("EF_WRITE_EXAMPLES") == "1")
        {
            Write(status, shown);
            return;
        }

        JsonNode example = JsonNode.Parse(await File.ReadAllTextAsync(FilePath))![$"{status}"]!["response"]!;
        shown.Should().Be(example.ToJsonString(Writing));
    }

    private static void Write(int status, string shown)
    {
        lock (Gate)
        {
            JsonObject examples = JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject();
            examples[$"{status}"]!["response"] = JsonNode.Parse(shown);
            File.WriteAllText(FilePath, examples.ToJsonString(Writing) + "\n");
        }
    }

    /// <summary>What each run has its own of is made the same.</summary>
    private static string Shown(string answer)
    {
        JsonNode problem = JsonNode.Parse(answer)!;
        problem["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
        string text = problem.ToJsonString(Writing);
        text = Id().Replace(text, "01990000-0000-7000-8000-000000000001");
        text = Written().Replace(text, "2026-03-02 09:00:00 UTC");
        return Moment().Replace(text, "2026-03-02T09:00:00Z");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC")]
    private static partial Regex Written();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")]
    private static partial Regex Moment();
}
