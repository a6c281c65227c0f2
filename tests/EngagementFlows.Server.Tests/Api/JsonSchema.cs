using System.Text.Json;
using System.Text.RegularExpressions;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Checks values against the part of JSON Schema that the OpenAPI document uses; what it does not know, it refuses to pass over.</summary>
internal sealed class JsonSchema(JsonElement document)
{
    private static readonly HashSet<string> Known =
        ["$ref", "type", "properties", "required", "items", "additionalProperties", "enum", "oneOf", "anyOf", "allOf", "format", "pattern", "minLength", "maxLength", "description", "default", "example", "title", "nullable"];

    /// <summary>Returns what of a value does not fit, each with its place; none if it fits.</summary>
    public IReadOnlyList<string> FaultsOf(JsonElement schema, JsonElement value, string at = "$")
    {
        List<string> faults = [];
        Check(schema, value, at, faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.ValueKind == JsonValueKind.True)
            return;
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name))
                faults.Add($"{at}: the schema says '{keyword.Name}', which this check does not know");
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
            Check(Find(reference.GetString()!), value, at, faults);
        CheckAlternatives(schema, value, at, faults);
        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(one => IsOf(one, value)))
            faults.Add($"{at}: is {value.ValueKind}, and must be {type}");
        if (schema.TryGetProperty("enum", out JsonElement allowed) && !allowed.EnumerateArray().Any(one => one.ToString() == value.ToString()))
            faults.Add($"{at}: is '{value}', and must be one of {allowed}");
        if (value.ValueKind == JsonValueKind.String)
            CheckText(schema, value.GetString()!, at, faults);
        if (value.ValueKind == JsonValueKind.Object)
            CheckObject(schema, value, at, faults);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            int place = 0;
            foreach (JsonElement one in value.EnumerateArray())
                Check(items, one, $"{at}[{place++}]", faults);
        }
    }

    private void CheckAlternatives(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("allOf", out JsonElement all))
        {
            foreach (JsonElement one in all.EnumerateArray())
                Check(one, value, at, faults);
        }

        foreach (string keyword in new[] { "oneOf", "anyOf" })
        {
            if (!schema.TryGetProperty(keyword, out JsonElement some))
                continue;
            int fitting = some.EnumerateArray().Count(one => FaultsOf(one, value).Count == 0);
            if (keyword == "oneOf" ? fitting != 1 : fitting == 0)
                faults.Add($"{at}: fits {fitting} of {keyword}: {string.Join("; ", some.EnumerateArray().SelectMany(one => FaultsOf(one, value)).Take(5))}");
        }
    }

    private static void CheckText(JsonElement schema, string text, string at, List<string> faults)
    {
        if (schema.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(text, pattern.GetString()!))
            faults.Add($"{at}: is '{text}', and must match {pattern}");
        if (schema.TryGetProperty("minLength", out JsonElement least) && text.Length < least.GetInt32())
            faults.Add($"{at}: is shorter than {least}");
        if (schema.TryGetProperty("maxLength", out JsonElement most) && text.Length > most.GetInt32())
            faults.Add($"{at}: is longer than {most}");
        bool fits = !schema.TryGetProperty("format", out JsonElement format) || format.GetString() switch
        {
            "uuid" => Guid.TryParse(text, out _),
            "date-time" => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        };
        if (!fits)
            faults.Add($"{at}: is '{text}', and must be a {format}");
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        schema.TryGetProperty("properties", out JsonElement properties);
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                    faults.Add($"{at}: lacks '{name}'");
            }
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out JsonElement own))
                Check(own, member.Value, $"{at}.{member.Name}", faults);
            else if (schema.TryGetProperty("additionalProperties", out JsonElement others))
            {
                if (others.ValueKind == JsonValueKind.False)
                    faults.Add($"{at}: has '{member.Name}', which the schema does not know");
                else
                    Check(others, member.Value, $"{at}.{member.Name}", faults);
            }
            else if (properties.ValueKind == JsonValueKind.Object && !at.StartsWith("$problem", StringComparison.Ordinal))
            {
                // Our answers have no member that the document does not name.
                faults.Add($"{at}: has '{member.Name}', which the document does not name");
            }
        }
    }

    private JsonElement Find(string reference)
    {
        JsonElement at = document;
        foreach (string part in reference.TrimStart('#', '/').Split('/'))
            at = at.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        return at;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };
}
