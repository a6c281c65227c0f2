using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Writes a zone as calendars read it (RFC 5545 §3.6.5): each period of one offset that the reader may need, with the instant of its beginning.</summary>
/// <remarks>Periods are written one by one instead of as rules: what a zone does is then said exactly, also where its law changed.</remarks>
internal static class CalendarZone
{
    // The zone's periods around a meeting: clocks are read a little before and after it too.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(370);
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Beginning = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Tells whether it is the zone of UTC, which needs no description.</summary>
    public static bool IsUtc(TimeZoneInfo zone) => zone.HasSameRules(TimeZoneInfo.Utc);

    /// <summary>Tells whether the local time of an instant means that instant and no other.</summary>
    public static bool HasLocalForm(DateTimeOffset at, TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(at);
        return Array.TrueForAll([zone.GetUtcOffset(at - HalfDay), zone.GetUtcOffset(at + HalfDay)], other => other == offset || zone.GetUtcOffset(at + offset - other) != other);
    }

    /// <summary>Writes the zone; nothing for UTC.</summary>
    /// <param name="lines">Gets the lines.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The first instant that is to be read by it.</param>
    /// <param name="to">The last.</param>
    public static void Write(StringBuilder lines, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        if (IsUtc(zone))
            return;
        lines.Append("BEGIN:VTIMEZONE\nTZID:").Append(zone.Id).Append('\n');
        foreach ((DateTimeOffset at, TimeSpan before, TimeSpan after) in Periods(zone, from - Margin, to + Margin))
        {
            string kind = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
            lines.Append("BEGIN:").Append(kind)
                .Append("\nDTSTART:").Append((at.UtcDateTime + before).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture))
                .Append("\nTZOFFSETFROM:").Append(Offset(before))
                .Append("\nTZOFFSETTO:").Append(Offset(after))
                .Append("\nEND:").Append(kind).Append('\n');
        }

        lines.Append("END:VTIMEZONE\n");
    }

    private static IEnumerable<(DateTimeOffset At, TimeSpan Before, TimeSpan After)> Periods(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        TimeSpan offset = zone.GetUtcOffset(from);
        // Since when the first offset holds does not matter: nothing before is read by it.
        DateTimeOffset first = from < Beginning ? from : Beginning;
        yield return (first, offset, offset);
        for (DateTimeOffset day = from; day < to; day += Step)
        {
            TimeSpan next = zone.GetUtcOffset(day + Step);
            if (next == offset)
                continue;
            yield return (Change(zone, day, day + Step, offset), offset, next);
            offset = next;
        }
    }

    private static DateTimeOffset Change(TimeZoneInfo zone, DateTimeOffset low, DateTimeOffset high, TimeSpan before)
    {
        while (high - low > TimeSpan.FromTicks(1))
        {
            DateTimeOffset middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(middle) == before)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
