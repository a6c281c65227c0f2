using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Answers as JSON: what a form page posts, and what the store keeps.</summary>
public static class AnswerJson
{
    /// <summary>The greatest size of posted answers, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Chinese answers stay readable in the database.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an object of answers.</summary>
    /// <returns>The answers, or <see langword="null"/> if <paramref name="json"/> is no JSON object, is too large or too deep.</returns>
    public static PlainObject? Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            return null;
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 16 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? null : Value(document.RootElement) as PlainObject;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads an object of answers.</summary>
    public static PlainObject? Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <summary>Writes answers as JSON.</summary>
    public static string Write(PlainObject answers)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Plain))
            Write(writer, answers);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => new PlainList(element.EnumerateArray().Select(Value)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PlainObject Members(JsonElement element)
    {
        PlainObject map = new();
        foreach (JsonProperty member in element.EnumerateObject())
            map[member.Name] = Value(member.Value);
        return map;
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal exact: writer.WriteNumberValue(exact); break;
            case PlainList list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case PlainObject map:
                writer.WriteStartObject();
                foreach ((string name, object? member) in map)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            default: throw new InvalidOperationException($"EngagementFlows bug: an answer holds a {value.GetType().Name}.");
        }
    }
}
