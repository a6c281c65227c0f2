using System.Text.Json;

namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>The fields of a flow as a whole that mean something to a reader.</summary>
internal static class FlowFields
{
    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase)
    {
        "$schema", "id", "definitionId", "version", "createdAt", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "root", "links",
    };

    private static readonly Dictionary<string, LocalizedText> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = new("Name", "名称"),
        ["displayName"] = new("Name", "名称"),
        ["description"] = new("Description", "说明"),
        ["outcomes"] = new("Outcomes", "结果"),
        ["usableAsActivity"] = new("May be used as an activity", "可作为活动使用"),
        ["activityCategory"] = new("Category as an activity", "作为活动的类别"),
        ["activationStrategyType"] = new("Activation strategy", "启动策略"),
        ["incidentStrategyType"] = new("After an incident", "异常处理方式"),
        ["autoUpdateConsumingWorkflows"] = new("Updates flows that use it", "自动更新使用它的流程"),
    };

    /// <summary>Returns the fields with a value.</summary>
    public static IReadOnlyList<ShownField> Of(JsonElement definition)
    {
        List<ShownField> fields = [];
        foreach (JsonProperty member in definition.EnumerateObject().Where(member => !Left.Contains(member.Name)))
        {
            switch (member.Name.ToLowerInvariant())
            {
                case "variables":
                    fields.AddRange(Declared(definition, member.Name, "typeName", new("Variable {0}", "变量 {0}")));
                    break;
                case "inputs":
                    fields.AddRange(Declared(definition, member.Name, "type", new("Input {0}", "输入 {0}")));
                    break;
                case "outputs":
                    fields.AddRange(Declared(definition, member.Name, "type", new("Output {0}", "输出 {0}")));
                    break;
                case "options" or "customproperties":
                    fields.AddRange(Members(member));
                    break;
                default:
                    if (ShownValue.Of(member.Value) is { } value)
                        fields.Add(new(member.Name, NameOf(member.Name), value));
                    break;
            }
        }

        return [.. fields.DistinctBy(field => field.Path)];
    }

    private static IEnumerable<ShownField> Declared(JsonElement definition, string list, string type, LocalizedText pattern)
    {
        foreach (JsonElement item in definition.Items(list))
        {
            string name = item.Text("name") ?? item.Text("id") ?? "?";
            string declared = (item.Text(type) ?? "Object") + (item.Flag("isArray") == true ? "[]" : "");
            string? value = item.Find("value", out JsonElement start) ? ShownValue.Of(start) : null;
            yield return new($"{list}.{name}", Filled(pattern, name), value is null ? declared : $"{declared} = {value}");
        }
    }

    private static IEnumerable<ShownField> Members(JsonProperty holder)
    {
        if (holder.Value.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (JsonProperty member in holder.Value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.False && ShownValue.Of(member.Value) is { } value)
                yield return new($"{holder.Name}.{member.Name}", NameOf(member.Name), value);
        }
    }

    private static LocalizedText NameOf(string name) => Names.GetValueOrDefault(name) ?? new(name, name);

    private static LocalizedText Filled(LocalizedText pattern, string name) =>
        new(pattern.En.Replace("{0}", name, StringComparison.Ordinal), pattern.ZhCn.Replace("{0}", name, StringComparison.Ordinal));
}
