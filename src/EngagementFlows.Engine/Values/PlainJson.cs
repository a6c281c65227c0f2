using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Values;

/// <summary>Plain values as ordinary JSON, for people and other systems; what the kind of a value was is not in it.</summary>
public static class PlainJson
{
    /// <summary>How deep a text may nest that is read.</summary>
    public const int MostDepth = 256;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    /// <summary>Reads a JSON element: whole numbers become <see cref="long"/>, other numbers <see cref="double"/>.</summary>
    public static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble();
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
                PlainObject map = new();
                foreach (JsonProperty member in element.EnumerateObject())
                    map[member.Name] = Read(member.Value);
                return map;
            default:
                return null;
        }
    }

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static object? Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
        return Read(document.RootElement);
    }

    /// <summary>Reads JSON text if it is JSON.</summary>
    public static bool TryParse(string text, out object? value)
    {
        try
        {
            value = Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>Writes a value as compact JSON text; dates in ISO form, spans as <c>[d.]hh:mm:ss</c>, bytes as Base64.</summary>
    public static string Write(object? value)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a value to <paramref name="writer"/>, as <see cref="Write(object?)"/> does.</summary>
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
            case double number:
                WriteNumber(writer, number);
                break;
            case decimal exact:
                writer.WriteNumberValue(exact);
                break;
            case DateTimeOffset instant:
                writer.WriteStringValue(Iso(instant));
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
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
            default:
                throw new InvalidOperationException($"EngagementFlows bug: a value of type '{value.GetType()}' is not plain.");
        }
    }

    /// <summary>Returns an instant in ISO 8601 form, with <c>Z</c> for UTC and without empty fractions.</summary>
    public static string Iso(DateTimeOffset instant) => instant.Offset == TimeSpan.Zero
        ? instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture)
        : instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}
