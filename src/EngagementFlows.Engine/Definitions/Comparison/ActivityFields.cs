using System.Text.Json;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>The fields of an activity that mean something to a reader.</summary>
internal static class ActivityFields
{
    private static readonly Dictionary<string, LocalizedText> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["type"] = new("Activity type", "活动类型"),
        ["version"] = new("Version of the type", "类型版本"),
        ["name"] = new("Technical name", "技术名称"),
        ["displayName"] = new("Name", "名称"),
        ["displayText"] = new("Caption", "标题"),
        ["description"] = new("Description", "说明"),
        ["canStartWorkflow"] = new("Starts the flow", "可启动流程"),
        ["mergeMode"] = new("Goes on when", "继续条件"),
        ["variables"] = new("Variables", "变量"),
    };

    /// <summary>Returns the fields with a value, the inputs in the order in which the activity type names them.</summary>
    public static IReadOnlyList<ShownField> Of(WorkflowDefinition definition, ActivityNode node)
    {
        ActivityDescriptor? descriptor = node.Activity?.Descriptor;
        List<(int Order, ShownField Field)> fields = [];
        foreach (JsonProperty member in node.Json.EnumerateObject())
        {
            string name = member.Name;
            // Children stand for themselves; id and place are how the activity is found.
            if (name.ToLowerInvariant() is "id" or "nodeid" or "activities" or "connections" || node.ChildrenByProperty.ContainsKey(name))
                continue;
            if (name.ToLowerInvariant() is "metadata" or "customproperties")
                fields.AddRange(Members(member).Select(field => (int.MinValue, field)));
            else if (ShownValue.Of(member.Value) is { } value)
                fields.Add((OrderOf(descriptor, name), new(name, NameOf(descriptor, name), Target(definition, member.Value) ?? value)));
        }

        return [.. fields.OrderBy(field => field.Order).Select(field => field.Field).DistinctBy(field => field.Path)];
    }

    private static IEnumerable<ShownField> Members(JsonProperty holder)
    {
        if (holder.Value.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (JsonProperty member in holder.Value.EnumerateObject())
        {
            // Where it is drawn, and switches that are off and absent by turns.
            if (member.NameEquals("designer") || member.Value.ValueKind == JsonValueKind.False || ShownValue.Of(member.Value) is not { } value)
                continue;
            yield return new($"{holder.Name}.{member.Name}", NameOf(null, member.Name), value);
        }
    }

    private static string? Target(WorkflowDefinition definition, JsonElement value)
    {
        bool isInput = value.Find("expression", out JsonElement expression) && expression.ValueKind == JsonValueKind.Object;
        if (isInput || !value.Find("memoryReference", out JsonElement reference) || reference.Text("id") is not { } id)
            return null;
        return "→ " + (definition.Variables.FirstOrDefault(variable => variable.Id == id)?.Name ?? id);
    }

    private static int OrderOf(ActivityDescriptor? descriptor, string name)
    {
        for (int i = 0; i < descriptor?.Inputs.Count; i++)
        {
            if (descriptor.Inputs[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return descriptor?.Outputs.Any(output => output.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) == true ? int.MaxValue : -1;
    }

    private static LocalizedText NameOf(ActivityDescriptor? descriptor, string name) =>
        descriptor?.Inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.DisplayName
        ?? descriptor?.Outputs.FirstOrDefault(output => output.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.DisplayName
        ?? Names.GetValueOrDefault(name)
        ?? new(name, name);
}
