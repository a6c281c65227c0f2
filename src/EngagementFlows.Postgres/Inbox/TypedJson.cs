using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Plain values as JSON that keeps what kind each value was; for facts that are stored now and served later.</summary>
/// <remarks>What JSON has no form for is an object with member <c>$t</c>; an object that has such a member itself is wrapped.</remarks>
internal static class TypedJson
{
    private const string Kind = "$t";
    private const string Content = "v";

    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };
    internal static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 1000 };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Write(object? value) => Write(writer => Write(writer, value));

    public static object? Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, ReaderOptions);
        return Read(document.RootElement);
    }

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case PlainList list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case PlainObject map when !map.ContainsKey(Kind):
                WriteMembers(writer, map);
                break;
            default:
                WriteTagged(writer, value);
                break;
        }
    }

    public static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetInt64();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Array:
                PlainList list = new(element.GetArrayLength());
                foreach (JsonElement item in element.EnumerateArray())
                    list.Add(Read(item));
                return list;
            case JsonValueKind.Object:
                return element.TryGetProperty(Kind, out JsonElement kind) ? ReadTagged(kind.GetString()!, element.GetProperty(Content)) : ReadMembers(element);
            default:
                return null;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, PlainObject map)
    {
        writer.WriteStartObject();
        foreach ((string name, object? member) in map)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    private static void WriteTagged(Utf8JsonWriter writer, object value)
    {
        (string kind, string text) = value switch
        {
            double number => ("double", number.ToString("R", CultureInfo.InvariantCulture)),
            decimal exact => ("decimal", exact.ToString(CultureInfo.InvariantCulture)),
            DateTimeOffset instant => ("instant", instant.ToString("O", CultureInfo.InvariantCulture)),
            TimeSpan span => ("span", span.ToString("c", CultureInfo.InvariantCulture)),
            Guid id => ("guid", id.ToString()),
            byte[] bytes => ("bytes", Convert.ToBase64String(bytes)),
            PlainObject => ("object", ""),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a value of type '{value.GetType()}' is not plain."),
        };
        writer.WriteStartObject();
        writer.WriteString(Kind, kind);
        if (value is PlainObject map)
        {
            writer.WritePropertyName(Content);
            WriteMembers(writer, map);
        }
        else
        {
            writer.WriteString(Content, text);
        }

        writer.WriteEndObject();
    }

    private static PlainObject ReadMembers(JsonElement element)
    {
        PlainObject map = new();
        foreach (JsonProperty member in element.EnumerateObject())
            map[member.Name] = Read(member.Value);
        return map;
    }

    private static object ReadTagged(string kind, JsonElement content) => kind switch
    {
        "double" => double.Parse(content.GetString()!, CultureInfo.InvariantCulture),
        "decimal" => decimal.Parse(content.GetString()!, CultureInfo.InvariantCulture),
        "instant" => DateTimeOffset.Parse(content.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        "span" => TimeSpan.ParseExact(content.GetString()!, "c", CultureInfo.InvariantCulture),
        "guid" => content.GetGuid(),
        "bytes" => content.GetBytesFromBase64(),
        "object" => ReadMembers(content),
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{kind}' is no kind of stored value."),
    };
}
