using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Server.Studio.Descriptors;

namespace EngagementFlows.Server.Staff.Definitions.Picture;

/// <summary>The ways out of a box from top to bottom, in the designer's order: also those that no line leaves by, since they have their place there.</summary>
internal static class BoxPorts
{
    public static IReadOnlyList<string> Of(ActivityNode node)
    {
        IEnumerable<string> drawn = node.Parent is null ? [] : node.Parent.Connections.Where(connection => connection.Source == node).Select(connection => connection.Port);
        // A line from a way out that the activity does not have is drawn all the same, below the others.
        string[] ports = [.. Named(node).Concat(drawn).Distinct(StringComparer.Ordinal)];
        return ports.Length == 0 ? ["Done"] : ports;
    }

    private static IEnumerable<string> Named(ActivityNode node)
    {
        if (node.Activity is not { Descriptor: { } descriptor })
            return [];
        if (!descriptor.HasDynamicOutcomes)
            return descriptor.Outcomes;
        if (node.Json.TryGetProperty("cases", out JsonElement cases) && cases.ValueKind == JsonValueKind.Array)
            return [.. cases.EnumerateArray().Select(Label).OfType<string>(), .. descriptor.Outcomes];
        InputDescriptor? chosen = descriptor.Inputs.FirstOrDefault(input => input.UIHint == InputEditors.DynamicOutcomes);
        return chosen is null || Chosen(node, chosen.Name) is not { Count: > 0 } names ? descriptor.Outcomes : [.. names, .. descriptor.Outcomes.Where(name => name != "Done")];
    }

    private static string? Label(JsonElement one) => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("label", out JsonElement label) && label.ValueKind == JsonValueKind.String ? label.GetString() : null;

    // Only a list that is written out is known before the flow runs.
    private static List<string> Chosen(ActivityNode node, string input)
    {
        if (node.Input(input)?.Expression is not { Kind: ExpressionKind.Object or ExpressionKind.Literal, Text: { } text })
            return [];
        try
        {
            using JsonDocument list = JsonDocument.Parse(text);
            return list.RootElement.ValueKind == JsonValueKind.Array
                ? [.. list.RootElement.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
