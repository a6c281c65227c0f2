using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads the connections of a flowchart, in today's nested and in the old flat form.</summary>
internal static class ConnectionReader
{
    /// <summary>Reads the connections; duplicates count once, those that lead from or to unknown ids are dropped and reported by the validator.</summary>
    public static List<Connection> Read(ActivityNode flowchart, JsonElement json)
    {
        List<Connection> connections = [];
        foreach (JsonElement item in json.Items("connections"))
        {
            (string? sourceId, string? port, string? targetId) = Ends(item);
            ActivityNode? source = sourceId is null ? null : flowchart.Child(sourceId);
            ActivityNode? target = targetId is null ? null : flowchart.Child(targetId);
            if (source is null || target is null)
                continue;
            Connection connection = new(source, port ?? "Done", target);
            if (!connections.Contains(connection))
                connections.Add(connection);
        }

        return connections;
    }

    /// <summary>Returns the ids at both ends and the port; a missing port means Done.</summary>
    public static (string? Source, string? Port, string? Target) Ends(JsonElement item)
    {
        if (item.Find("source", out JsonElement source) && source.ValueKind == JsonValueKind.Object)
            return (source.Text("activity"), source.Text("port"), item.Find("target", out JsonElement target) ? target.Text("activity") : null);
        return (item.Text("source"), item.Text("sourcePort"), item.Text("target"));
    }
}
