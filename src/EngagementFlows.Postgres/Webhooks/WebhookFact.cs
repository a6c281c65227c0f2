using System.Text.Encodings.Web;
using System.Text.Json;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>A fact that webhooks may be told: ids only, never what a client wrote.</summary>
/// <param name="Kind">One of <see cref="WebhookKinds"/>.</param>
/// <param name="SubjectId">What it is about; with kind and instant it makes the event's id.</param>
/// <param name="Data">The ids by name; <see langword="null"/> values are left out.</param>
public sealed record WebhookFact(string Kind, Guid SubjectId, IReadOnlyList<KeyValuePair<string, object?>> Data)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the instance that it is about, or <see langword="null"/>.</summary>
    public Guid? InstanceId => Data.FirstOrDefault(one => one.Key == "instanceId").Value as Guid?;

    /// <summary>Returns the id of the event: the same for the same fact of the same commit.</summary>
    public Guid IdAt(DateTimeOffset now) => TimeOrderedId.Derive(now, $"webhook/{Kind}/{SubjectId:D}");

    /// <summary>Returns the body that is sent: what is signed must not be written a second time.</summary>
    public string Body(DateTimeOffset now)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdAt(now));
            writer.WriteString("type", Kind);
            writer.WriteString("timestamp", now.UtcDateTime);
            writer.WriteStartObject("data");
            foreach ((string name, object? value) in Data)
                Write(writer, name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: break;
            case Guid id: writer.WriteString(name, id); break;
            case string text: writer.WriteString(name, text); break;
            case long number: writer.WriteNumber(name, number); break;
            default: throw new InvalidOperationException($"EngagementFlows bug: a webhook cannot tell a '{value.GetType()}'.");
        }
    }
}
