using System.Text.Json;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>A flow that waits twice for a word from outside, so that one can see it walk. It is about no engagement, and may be run from the designer.</summary>
internal static class WalkingFlow
{
    /// <summary>Gets its file.</summary>
    public static byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "a-walk-v1",
        definitionId = "a-walk",
        name = "A walk",
        version = 1,
        root = new
        {
            id = "Way",
            type = "Elsa.Flowchart",
            version = 1,
            activities = new[] { Line("First", 0), Event("Sign", 1, "signed"), Line("Second", 2), Event("Stamp", 3, "stamped"), Line("Last", 4) },
            connections = new[] { Connection("First", "Sign"), Connection("Sign", "Second"), Connection("Second", "Stamp"), Connection("Stamp", "Last") },
        },
    });

    private static Dictionary<string, object> Line(string id, int place) => Activity(id, "Elsa.WriteLine", place, "text", $"at {id}");

    private static Dictionary<string, object> Event(string id, int place, string name) => Activity(id, "Elsa.Event", place, "eventName", name);

    private static Dictionary<string, object> Activity(string id, string type, int place, string input, string value) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["version"] = 1,
        [input] = new { typeName = "String", expression = new { type = "Literal", value } },
        ["metadata"] = new { designer = new { position = new { x = 320 * place, y = 100 }, size = new { width = 180, height = 54 } } },
    };

    private static object Connection(string from, string to) => new { source = new { activity = from, port = "Done" }, target = new { activity = to, port = "In" } };
}
