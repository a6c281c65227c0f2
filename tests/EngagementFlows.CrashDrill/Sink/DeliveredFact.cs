using System.Text.Json;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>A webhook's message that the sink took, as its record holds it.</summary>
/// <param name="EventId">The event's id, from the header; it is the same at each repetition.</param>
/// <param name="Timestamp">The attempt's timestamp, from the header.</param>
/// <param name="Signature">The signature, from the header.</param>
/// <param name="Body">What was signed.</param>
internal sealed record DeliveredFact(string EventId, string Timestamp, string Signature, string Body)
{
    /// <summary>Returns the line of the record.</summary>
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>Reads a line of the record.</summary>
    public static DeliveredFact FromLine(string line) => JsonSerializer.Deserialize<DeliveredFact>(line)!;
}
