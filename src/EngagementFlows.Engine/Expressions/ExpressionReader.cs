using System.Text.Json;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Reads expressions from their wire form.</summary>
internal static class ExpressionReader
{
    /// <summary>Reads an input property; <see langword="null"/> if it counts as not set (an object without <c>typeName</c>, or null).</summary>
    public static Expression? ReadInput(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.Object:
                if (!value.Find("typeName", out JsonElement typeName) || typeName.ValueKind != JsonValueKind.String)
                    return null;
                return value.Find("expression", out JsonElement expression) ? Read(expression) : null;
            default:
                return new(ExpressionKind.Literal, "Literal", PlainJson.Read(value));
        }
    }

    /// <summary>Reads an expression object (<c>type</c>, <c>value</c>); <see langword="null"/> if it is none.</summary>
    public static Expression? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.Text("type") is not { } typeName)
            return null;
        json.Find("value", out JsonElement value);
        object? plain = PlainJson.Read(value);
        ExpressionKind kind = Kind(typeName);
        if (kind is ExpressionKind.JavaScript or ExpressionKind.Liquid && plain is not string and not null)
            plain = PlainJson.Write(plain);
        if (kind is ExpressionKind.Variable or ExpressionKind.Input)
            plain = Reference(plain, kind == ExpressionKind.Variable ? "id" : "name");
        return new(kind, typeName, plain);
    }

    private static ExpressionKind Kind(string typeName) => typeName switch
    {
        "Literal" => ExpressionKind.Literal,
        "Object" or "Json" => ExpressionKind.Object,
        "Variable" => ExpressionKind.Variable,
        "Input" => ExpressionKind.Input,
        "JavaScript" => ExpressionKind.JavaScript,
        "Liquid" => ExpressionKind.Liquid,
        _ => ExpressionKind.Unknown,
    };

    /// <summary>Returns the id or name in a reference, given as an object or as JSON text of one.</summary>
    private static string? Reference(object? plain, string member)
    {
        if (plain is string text)
            plain = PlainJson.TryParse(text, out object? parsed) && parsed is Scripts.PlainObject ? parsed : text;
        return plain switch
        {
            Scripts.PlainObject map => (map[member] ?? map[char.ToUpperInvariant(member[0]) + member[1..]]) as string,
            string name => name,
            _ => null,
        };
    }
}
