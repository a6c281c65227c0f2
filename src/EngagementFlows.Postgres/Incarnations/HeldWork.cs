using System.Text.Json;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>How much of before a restore waits for a person.</summary>
/// <param name="Mails">Mails that were not yet recorded as sent.</param>
/// <param name="Calls">Outside HTTP calls, and messages to webhooks, that were not yet recorded as made.</param>
/// <param name="Facts">Timers and other facts that were due.</param>
/// <param name="Schedules">Recurring schedules whose instant had come.</param>
public sealed record HeldWork(long Mails, long Calls, long Facts, long Schedules)
{
    /// <summary>Gets the sum.</summary>
    public long Total => Mails + Calls + Facts + Schedules;

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
