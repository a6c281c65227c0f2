using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Finds what people call an activity of a definition. Pure.</summary>
internal static class ActivityNames
{
    /// <summary>Returns the name in a language of the first activity with that id; <see langword="null"/> if it has none.</summary>
    public static string? Find(JsonNode? node, string id, string language)
    {
        switch (node)
        {
            case JsonObject map when map.TextOf("id") == id && map.TextOf("type") is not null:
                return ShownActivities.NameIn(map, language) ?? (map.Member("metadata") as JsonObject).TextOf("displayText");
            case JsonObject map:
                return map.Select(member => Find(member.Value, id, language)).FirstOrDefault(name => name is not null);
            case JsonArray list:
                return list.Select(item => Find(item, id, language)).FirstOrDefault(name => name is not null);
            default:
                return null;
        }
    }
}
