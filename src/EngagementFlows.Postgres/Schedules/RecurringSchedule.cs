using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>A recurring schedule as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Settings">What it does and when.</param>
/// <param name="State"><c>active</c> or <c>paused</c>.</param>
/// <param name="NextDueAt">Its next instant; <see langword="null"/> while it is paused or held, and when none is left.</param>
/// <param name="HeldDueAt">The instant that a restore has put aside until a person releases it.</param>
/// <param name="LastDueAt">The last instant that was dealt with.</param>
/// <param name="Revision">Counts what people changed, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ChangedAt">When a person changed it last.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record RecurringSchedule(
    Guid Id, ScheduleSettings Settings, string State, DateTimeOffset? NextDueAt, DateTimeOffset? HeldDueAt, DateTimeOffset? LastDueAt, long Revision,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy)
{
    /// <summary>The state in which it fires.</summary>
    public const string Active = "active";

    /// <summary>The state in which it does not.</summary>
    public const string Paused = "paused";

    /// <summary>Reads the 27 columns in their order.</summary>
    internal static RecurringSchedule Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        new()
        {
            Name = reader.GetString(1),
            DefinitionId = reader.Text(2),
            EventName = reader.Text(3),
            Input = (PlainObject)PlainState.OfText(reader.GetString(4))!,
            CorrelationId = reader.Text(5),
            ForEach = reader.GetBoolean(6)
                ? new(reader.IsDBNull(7) ? [] : reader.GetFieldValue<string[]>(7), reader.IsDBNull(8) ? [] : [.. reader.GetFieldValue<short[]>(8).Select(tier => (int)tier)])
                : null,
            Kind = ScheduleWords.Kinds[reader.GetString(9)],
            Expression = reader.GetString(10),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(11)),
            StartsAt = reader.Instant(12),
            EndsAt = reader.OptionalInstant(13),
            Calendar = reader.Text(14),
            FreeDays = ScheduleWords.FreeDays[reader.GetString(15)],
            Misfire = ScheduleWords.Misfires[reader.GetString(16)],
            Overlap = ScheduleWords.Overlaps[reader.GetString(17)],
        },
        reader.GetString(18),
        reader.OptionalInstant(19),
        reader.OptionalInstant(20),
        reader.OptionalInstant(21),
        reader.GetInt64(22),
        reader.Instant(23),
        reader.GetString(24),
        reader.Instant(25),
        reader.GetString(26));
}
