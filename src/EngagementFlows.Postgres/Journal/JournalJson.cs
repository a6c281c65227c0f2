using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Postgres.Journal;

/// <summary>The entries of one transition as a JSON array; short names, for there are many of them.</summary>
internal static class JournalJson
{
    // As deep as data of an activity may be.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 1000 };

    public static string Write(IReadOnlyList<JournalEntry> entries)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (JournalEntry entry in entries)
                Write(writer, entry);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyList<JournalEntry> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, ReaderOptions);
        List<JournalEntry> entries = new(document.RootElement.GetArrayLength());
        foreach (JsonElement item in document.RootElement.EnumerateArray())
            entries.Add(Read(item));
        return entries;
    }

    private static void Write(Utf8JsonWriter writer, JournalEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("e", entry.Event);
        if (entry.ActivityId is not null)
            writer.WriteString("a", entry.ActivityId);
        if (entry.ActivityType is not null)
            writer.WriteString("t", entry.ActivityType);
        if (entry.ExecutionId is { } execution)
            writer.WriteString("x", execution);
        if (entry.Outcomes is not null)
        {
            writer.WriteStartArray("o");
            foreach (string outcome in entry.Outcomes)
                writer.WriteStringValue(outcome);
            writer.WriteEndArray();
        }

        if (entry.Text is not null)
            writer.WriteString("m", entry.Text);
        if (entry.Data is not null)
        {
            writer.WritePropertyName("d");
            PlainJson.Write(writer, entry.Data);
        }

        writer.WriteEndObject();
    }

    private static JournalEntry Read(JsonElement item) => new(
        Text(item, "a"),
        Text(item, "t"),
        item.TryGetProperty("x", out JsonElement execution) ? execution.GetGuid() : null,
        Text(item, "e")!,
        item.TryGetProperty("o", out JsonElement outcomes) ? [.. outcomes.EnumerateArray().Select(outcome => outcome.GetString()!)] : null,
        Text(item, "m"),
        item.TryGetProperty("d", out JsonElement data) ? (Scripts.PlainObject?)PlainJson.Read(data) : null);

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
