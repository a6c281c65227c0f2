using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Works on the text of a definition without losing what the engine does not know.</summary>
public static class DefinitionText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = false };

    private static readonly HashSet<string> OutsideTheContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "$schema", "id", "version", "createdAt", "toolVersion", "isLatest", "isPublished",
    };

    /// <summary>Returns the hash of the content, see <see cref="WorkflowDefinition.ContentHash"/>.</summary>
    public static string Hash(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, DefinitionReader.DocumentOptions);
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, Options))
            WriteCanonical(writer, document.RootElement, isRoot: true);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>Returns the text with another identity; every other member stays as it is, in its place.</summary>
    public static string WithIdentity(string json, string id, int version, bool isLatest, bool isPublished)
    {
        using JsonDocument document = JsonDocument.Parse(json, DefinitionReader.DocumentOptions);
        ArrayBufferWriter<byte> buffer = new(json.Length + 200);
        using (Utf8JsonWriter writer = new(buffer, Options with { Indented = true }))
        {
            HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);
            writer.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (!WriteIdentity(writer, member.Name, id, version, isLatest, isPublished))
                    member.WriteTo(writer);
                written.Add(member.Name);
            }

            foreach (string name in (string[])["id", "version", "isLatest", "isPublished"])
            {
                if (!written.Contains(name))
                    WriteIdentity(writer, name, id, version, isLatest, isPublished);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool WriteIdentity(Utf8JsonWriter writer, string name, string id, int version, bool isLatest, bool isPublished)
    {
        if (name.Equals("id", StringComparison.OrdinalIgnoreCase))
            writer.WriteString(name, id);
        else if (name.Equals("version", StringComparison.OrdinalIgnoreCase))
            writer.WriteNumber(name, version);
        else if (name.Equals("isLatest", StringComparison.OrdinalIgnoreCase))
            writer.WriteBoolean(name, isLatest);
        else if (name.Equals("isPublished", StringComparison.OrdinalIgnoreCase))
            writer.WriteBoolean(name, isPublished);
        else
            return false;
        return true;
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement element, bool isRoot)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (isRoot && OutsideTheContent.Contains(member.Name))
                        continue;
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value, isRoot: false);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    WriteCanonical(writer, item, isRoot: false);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
