using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Tells a definition's logic from its picture. Pure.</summary>
public static class DefinitionLogic
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    private static readonly HashSet<string> Identity = new(StringComparer.OrdinalIgnoreCase)
    {
        "$schema", "id", "version", "createdAt", "toolVersion", "isLatest", "isPublished",
    };

    /// <summary>
    /// Returns the SHA-256 of what runs and what people read, in lower-case hex: two definitions that differ only in where things stand in the picture, in the order of a
    /// flowchart's activities and connections, in node ids, in members that are null, or in what <see cref="WorkflowDefinition.ContentHash"/> passes over have the same.
    /// </summary>
    public static string Hash(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, DefinitionReader.DocumentOptions);
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, Options))
            WriteObject(writer, document.RootElement, Identity);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element, without: null);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, HashSet<string>? without)
    {
        // An id may be missing: the engine makes one up.
        string? type = without is null ? element.Text("type") : null;
        bool isActivity = type is not null;
        bool isFlowchart = type == "Elsa.Flowchart";
        writer.WriteStartObject();
        foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (member.Value.ValueKind == JsonValueKind.Null || without?.Contains(member.Name) == true || (isActivity && member.NameEquals("nodeId")))
                continue;
            if (isActivity && member.NameEquals("metadata"))
            {
                WriteMetadata(writer, member.Value);
            }
            else if (isFlowchart && member.Value.ValueKind == JsonValueKind.Array && (member.NameEquals("activities") || member.NameEquals("connections")))
            {
                writer.WritePropertyName(member.Name);
                WriteUnordered(writer, member.Value, withoutVertices: member.NameEquals("connections"));
            }
            else
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            return;
        JsonProperty[] said = [.. metadata.EnumerateObject().Where(member => !member.NameEquals("designer") && member.Value.ValueKind != JsonValueKind.Null).OrderBy(member => member.Name, StringComparer.Ordinal)];
        if (said.Length == 0)
            return;
        writer.WritePropertyName("metadata");
        writer.WriteStartObject();
        foreach (JsonProperty member in said)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteUnordered(Utf8JsonWriter writer, JsonElement list, bool withoutVertices)
    {
        List<string> items = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            ArrayBufferWriter<byte> buffer = new();
            using (Utf8JsonWriter one = new(buffer, Options))
            {
                if (withoutVertices && item.ValueKind == JsonValueKind.Object)
                    WriteObject(one, item, Vertices);
                else
                    Write(one, item);
            }

            items.Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        items.Sort(StringComparer.Ordinal);
        writer.WriteStartArray();
        foreach (string item in items)
            writer.WriteRawValue(item, skipInputValidation: true);
        writer.WriteEndArray();
    }

    private static HashSet<string> Vertices { get; } = new(StringComparer.OrdinalIgnoreCase) { "vertices" };
}
