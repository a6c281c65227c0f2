using System.Text.Json;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads variable declarations of definitions and containers.</summary>
internal static class VariableReader
{
    /// <summary>Reads the declarations; those of unknown type are dropped, as Elsa does, and reported by the validator.</summary>
    public static List<VariableDeclaration> Read(JsonElement owner)
    {
        List<VariableDeclaration> declarations = [];
        foreach (JsonElement item in owner.Items("variables"))
        {
            string? name = item.Text("name");
            if (!DataType.TryParse(item.Text("typeName") ?? "Object", out DataType type))
                continue;
            if (item.Flag("isArray") == true)
                type = type with { IsList = true };
            name = string.IsNullOrWhiteSpace(name) ? $"Variable{declarations.Count + 1}" : name;
            string? id = item.Text("id");
            declarations.Add(new(string.IsNullOrEmpty(id) ? string.Empty : id, name, type, DefaultValue(item, type), Survives(item)));
        }

        return declarations;
    }

    private static object? DefaultValue(JsonElement item, DataType type)
    {
        if (!item.Find("value", out JsonElement value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        object? raw = PlainJson.Read(value);
        return ValueConversion.TryConvert(raw, type, out object? converted) ? converted : null;
    }

    private static bool Survives(JsonElement item)
    {
        string? driver = item.Text("storageDriverTypeName");
        if (string.IsNullOrWhiteSpace(driver))
            return false;
        string type = driver.Split(',')[0].Trim();
        string shortName = type[(type.LastIndexOf('.') + 1)..];
        return shortName is "WorkflowInstanceStorageDriver" or "WorkflowStorageDriver";
    }
}
