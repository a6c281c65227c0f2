using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>The columns of a clock, in the order of the statements that read whole clocks.</summary>
internal static class ClockRow
{
    public static Clock Read(NpgsqlDataReader reader, int first = 0) => new()
    {
        Id = reader.GetGuid(first),
        EngagementId = reader.GetGuid(first + 1),
        InstanceId = reader.GetGuid(first + 2),
        CaseId = reader.Uuid(first + 3),
        Name = reader.GetString(first + 4),
        Class = reader.Text(first + 5),
        StartedAt = reader.Instant(first + 6),
        Limit = reader.GetString(first + 7),
        Calendar = reader.GetString(first + 8),
        CalendarVersion = reader.GetString(first + 9),
        DueAt = reader.Instant(first + 10),
        IsProvisional = reader.GetBoolean(first + 11),
        State = StateOf(reader.GetString(first + 12)),
        StoppedAt = reader.OptionalInstant(first + 13),
        IsKept = reader.IsDBNull(first + 14) ? null : reader.GetBoolean(first + 14),
        Elapsed = reader.IsDBNull(first + 15) ? null : reader.GetTimeSpan(first + 15),
    };

    public static string TextOf(ClockState state) => state switch
    {
        ClockState.Running => "running",
        ClockState.Stopped => "stopped",
        ClockState.Closed => "closed",
        _ => throw new InvalidOperationException($"EngagementFlows bug: the clock state '{state}' has no text."),
    };

    private static ClockState StateOf(string text) => text switch
    {
        "running" => ClockState.Running,
        "stopped" => ClockState.Stopped,
        "closed" => ClockState.Closed,
        _ => throw new InvalidOperationException($"EngagementFlows bug: a clock of state '{text}' is stored."),
    };
}
