using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Tells what the Studio changed from what it only wrote in another way. Pure.</summary>
/// <remarks>It makes null or empty of what is absent, and adds members that say nothing; a person who changed nothing must find nothing changed.</remarks>
internal static class Sameness
{
    /// <summary>Tells whether two values say the same.</summary>
    public static bool IsSame(JsonNode? one, JsonNode? other)
    {
        if (SaysNothing(one) && SaysNothing(other))
            return true;
        return (one, other) switch
        {
            (JsonObject left, JsonObject right) => IsSameObject(left, right),
            (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => IsSame(pair.First, pair.Second)),
            (JsonValue left, JsonValue right) => IsSameValue(left, right),
            _ => false,
        };
    }

    /// <summary>Tells whether a value is null, empty, or made of such values.</summary>
    public static bool SaysNothing(JsonNode? node) => node switch
    {
        null => true,
        JsonObject map => map.All(member => SaysNothing(member.Key, member.Value)),
        JsonArray list => list.Count == 0,
        _ => node.GetValueKind() == JsonValueKind.Null,
    };

    /// <summary>Tells whether a member says no more than its absence: nothing, or what the engine takes for granted.</summary>
    public static bool SaysNothing(string name, JsonNode? node) => name switch
    {
        "canStartWorkflow" or "runAsynchronously" => node is null || node.GetValueKind() == JsonValueKind.False || SaysNothing(node),
        "logPersistenceMode" => node is not JsonObject map || map.All(member => (member.Key == "default" && DefinitionNodes.TextOf(member.Value) == "Inherit") || SaysNothing(member.Value)),
        _ => SaysNothing(node),
    };

    private static bool IsSameObject(JsonObject left, JsonObject right)
    {
        foreach ((string name, JsonNode? value) in left)
        {
            if (!IsSameMember(name, value, right[name]))
                return false;
        }

        foreach ((string name, JsonNode? value) in right)
        {
            if (!left.ContainsKey(name) && !SaysNothing(name, value))
                return false;
        }

        return true;
    }

    public static bool IsSameMember(string name, JsonNode? one, JsonNode? other) => (SaysNothing(name, one) && SaysNothing(name, other)) || IsSame(one, other);

    private static bool IsSameValue(JsonValue left, JsonValue right)
    {
        JsonValueKind kind = left.GetValueKind();
        if (kind != right.GetValueKind())
            return false;
        return kind switch
        {
            JsonValueKind.String => left.GetValue<string>() == right.GetValue<string>(),
            // A script writes 2.50 as 2.5, and 1e3 as 1000.
            JsonValueKind.Number => left.ToJsonString() == right.ToJsonString()
                || (double.TryParse(left.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double one)
                    && double.TryParse(right.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double other) && one.Equals(other)),
            _ => true,
        };
    }
}
