using System.Text.Json;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Checks the declarations of variables, of the workflow and of containers.</summary>
internal static class VariableChecks
{
    public static void Check(WorkflowDefinition definition, List<DefinitionFault> faults)
    {
        using JsonDocument document = JsonDocument.Parse(definition.Json, DefinitionReader.DocumentOptions);
        Check(document.RootElement, null, faults);
        foreach (ActivityNode node in definition.Root.SelfAndDescendants())
            Check(node.Json, node.Id, faults);
    }

    private static void Check(JsonElement owner, string? activityId, List<DefinitionFault> faults)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonElement item in owner.Items("variables"))
        {
            string name = item.Text("name") ?? string.Empty;
            string field = $"variables.{name}";
            string? typeName = item.Text("typeName");
            if (!names.Add(name))
                faults.Add(new(FaultSeverity.Warning, activityId, field, $"Two variables have the name '{name}'; scripts find the first only. Rename one.") { Chinese = $"有两个变量同名“{name}”，脚本只能找到第一个。请更改其中一个。" });
            if (!DataType.TryParse(typeName ?? "Object", out DataType type))
            {
                faults.Add(new(
                    FaultSeverity.Fault,
                    activityId,
                    field,
                    $"The variable '{name}' has the type '{typeName}', which is not known: the variable does not exist when the workflow runs. Use Object, String, Boolean, Int32, Int64, Double, Decimal, Guid, DateTime, DateTimeOffset, TimeSpan, JSON or ObjectDictionary.")
                {
                    Chinese = $"变量“{name}”的类型“{typeName}”未知，运行时该变量不存在。请使用 Object、String、Boolean、Int32、Int64、Double、Decimal、Guid、DateTime、DateTimeOffset、TimeSpan、JSON 或 ObjectDictionary。",
                });
                continue;
            }

            type = item.Flag("isArray") == true ? type with { IsList = true } : type;
            if (item.Find("value", out JsonElement value) && !ValueConversion.TryConvert(PlainJson.Read(value), type, out _))
                faults.Add(new(FaultSeverity.Fault, activityId, field, $"The default of the variable '{name}' is lost. {ValueConversion.Failure(PlainJson.Read(value), type)}")
                {
                    Chinese = $"变量“{name}”的默认值无法转换为类型 {type}，因此不起作用。请更正默认值或类型。",
                });
        }
    }
}
