using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>Plain values as they are stored, in the state of instances and in facts that are served later: JSON that keeps the kind of every value.</summary>
/// <remarks>Kinds that JSON lacks are an object with one member whose name begins with <c>$</c>; an object of the user's own that looks so is wrapped.</remarks>
public static class PlainState
{
    private const int MaxDepth = 1000;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth };

    /// <summary>Returns the value as text.</summary>
    /// <exception cref="InvalidOperationException">The value is not plain.</exception>
    public static string ToText(object? value)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Returns the value of a text that <see cref="ToText"/> made.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static object? OfText(string text)
    {
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            object? value = Read(ref reader);
            return reader.Read() ? throw new FormatException("A stored value is followed by something else.") : value;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"A stored value is no JSON: {fault.Message}", fault);
        }
    }

    /// <summary>Writes the value.</summary>
    /// <exception cref="InvalidOperationException">The value is not plain.</exception>
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
            case double number when double.IsInteger(number) && Math.Abs(number) < 1e15 && !double.IsNegative(number):
                // 5.0 must come back as a floating number.
                writer.WriteRawValue(number.ToString("F1", CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case double number when double.IsFinite(number) && !double.IsInteger(number):
                writer.WriteNumberValue(number);
                break;
            case double number:
                Wrapped(writer, "$d", number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case decimal exact:
                Wrapped(writer, "$m", exact.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset instant:
                Wrapped(writer, "$t", instant.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                Wrapped(writer, "$s", span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Guid id:
                Wrapped(writer, "$g", id.ToString("N"));
                break;
            case byte[] bytes:
                writer.WriteStartObject();
                writer.WriteBase64String("$b", bytes);
                writer.WriteEndObject();
                break;
            case PlainList list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case PlainObject map:
                WriteMap(writer, map);
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: a value of type '{value.GetType()}' is not plain and cannot be stored.");
        }
    }

    /// <summary>Writes the value of a variable: what lies inside its lists and objects becomes JSON, as in Elsa; dates and durations there come back as text.</summary>
    public static void WriteVariable(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case PlainList list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    WriteVariable(writer, AsText(item));
                writer.WriteEndArray();
                break;
            case PlainObject map:
                bool looksLikeAKind = BeginMap(writer, map);
                writer.WriteStartObject();
                foreach ((string name, object? member) in map)
                {
                    writer.WritePropertyName(name);
                    WriteVariable(writer, AsText(member));
                }

                writer.WriteEndObject();
                if (looksLikeAKind)
                    writer.WriteEndObject();
                break;
            default:
                Write(writer, value);
                break;
        }
    }

    /// <summary>Reads the value at which the reader stands; afterwards it stands at the value's last token.</summary>
    /// <exception cref="FormatException">No value of this format stands there.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? (object)whole : reader.GetDouble();
            case JsonTokenType.StartArray:
                PlainList list = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(Read(ref reader));
                return list;
            case JsonTokenType.StartObject:
                return ReadMap(ref reader);
            case JsonTokenType.Null:
                return null;
            default:
                throw new FormatException($"A stored value begins with '{reader.TokenType}' at byte {reader.TokenStartIndex}, which begins no value.");
        }
    }

    private static void Wrapped(Utf8JsonWriter writer, string kind, string text)
    {
        writer.WriteStartObject();
        writer.WriteString(kind, text);
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, PlainObject map)
    {
        bool looksLikeAKind = BeginMap(writer, map);
        writer.WriteStartObject();
        foreach ((string name, object? member) in map)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }

        writer.WriteEndObject();
        if (looksLikeAKind)
            writer.WriteEndObject();
    }

    private static bool BeginMap(Utf8JsonWriter writer, PlainObject map)
    {
        bool looksLikeAKind = FirstName(map) is ['$', _];
        if (looksLikeAKind)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("$o");
        }

        return looksLikeAKind;
    }

    private static object? AsText(object? value) => value switch
    {
        DateTimeOffset instant => PlainJson.Iso(instant),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        _ => value,
    };

    private static string FirstName(PlainObject map)
    {
        foreach ((string name, _) in map)
            return name;
        return string.Empty;
    }

    private static object? ReadMap(ref Utf8JsonReader reader)
    {
        PlainObject map = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (map.Count == 0 && name is ['$', _])
            {
                object? special = name[1] == 'o' ? ReadPlainMap(ref reader) : ReadKind(name, ref reader);
                return reader.Read() && reader.TokenType == JsonTokenType.EndObject
                    ? special
                    : throw new FormatException($"A stored value of kind '{name}' has more than one member. The kinds '$d', '$m', '$t', '$s', '$g', '$b' and '$o' stand alone.");
            }

            map[name] = Read(ref reader);
        }

        return map;
    }

    /// <summary>Reads an object in a place where nothing else can stand, so that no member has a special meaning.</summary>
    public static PlainObject ReadPlainMap(ref Utf8JsonReader reader)
    {
        PlainObject map = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            map[name] = Read(ref reader);
        }

        return map;
    }

    private static object ReadKind(string kind, ref Utf8JsonReader reader)
    {
        try
        {
            return ReadKind(kind[1], ref reader);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"A stored value of kind '{kind}' cannot be read: {fault.Message}", fault);
        }
    }

    private static object ReadKind(char kind, ref Utf8JsonReader reader) => kind switch
    {
        'd' => double.Parse(reader.GetString()!, CultureInfo.InvariantCulture),
        'm' => decimal.Parse(reader.GetString()!, CultureInfo.InvariantCulture),
        't' => DateTimeOffset.ParseExact(reader.GetString()!, "O", CultureInfo.InvariantCulture),
        's' => TimeSpan.ParseExact(reader.GetString()!, "c", CultureInfo.InvariantCulture),
        'g' => Guid.ParseExact(reader.GetString()!, "N"),
        'b' => reader.GetBytesFromBase64(),
        _ => throw new FormatException($"There is no kind '${kind}'. Perhaps a later version of the program wrote it."),
    };
}
