using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Mail;

/// <summary>A date or an instant of a calendar object.</summary>
/// <param name="Written">As it stands there.</param>
/// <param name="At">The instant, or <see langword="null"/> for a whole day and for what cannot be placed: no zone, or one that nobody knows.</param>
/// <param name="Day">The day, if it is a whole one.</param>
public sealed record CalendarMoment(string Written, DateTimeOffset? At, DateOnly? Day);

/// <summary>What a person wants to know of an invitation.</summary>
/// <param name="Summary">Its title.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Location">Where.</param>
/// <param name="Organizer">The organiser's address or name.</param>
/// <param name="Repeats">Whether it has a rule of recurrence.</param>
public sealed record CalendarEvent(string? Summary, CalendarMoment? Start, CalendarMoment? End, string? Location, string? Organizer, bool Repeats)
{
    // More than these nobody reads in a mailbox.
    private const int MostEvents = 20;

    /// <summary>Returns the events of a calendar object, at most twenty. Whatever it cannot read is left out: it is for showing only.</summary>
    public static IReadOnlyList<CalendarEvent> Read(string content)
    {
        List<CalendarEvent> events = [];
        Dictionary<string, Property>? current = null;
        int inner = 0;
        foreach (string line in CalendarLines.Unfold(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Property property = Property.Of(line);
            switch (property.Name, property.Value.Trim().ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT") when current is null:
                    (current, inner) = (new(StringComparer.Ordinal), 0);
                    break;
                case ("END", "VEVENT") when current is not null && inner == 0:
                    events.Add(Of(current));
                    current = null;
                    break;
                // An alarm inside has a summary and times of its own.
                case ("BEGIN", _):
                    inner++;
                    break;
                case ("END", _):
                    inner--;
                    break;
                default:
                    if (inner == 0)
                        current?.TryAdd(property.Name, property);
                    break;
            }

            if (events.Count == MostEvents)
                break;
        }

        return events;
    }

    private static CalendarEvent Of(Dictionary<string, Property> of) => new(
        of.GetValueOrDefault("SUMMARY")?.Text,
        Moment(of.GetValueOrDefault("DTSTART")),
        Moment(of.GetValueOrDefault("DTEND")),
        of.GetValueOrDefault("LOCATION")?.Text,
        of.GetValueOrDefault("ORGANIZER") is { } organizer ? organizer.Parameter("CN") ?? AddressOf(organizer.Value) : null,
        of.ContainsKey("RRULE"));

    private static string AddressOf(string value) => value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value["mailto:".Length..] : value;

    private static CalendarMoment? Moment(Property? property)
    {
        if (property is null)
            return null;
        string written = property.Value.Trim();
        if (DateOnly.TryParseExact(written, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return new(written, null, day);
        bool isUtc = written.EndsWith('Z');
        if (!DateTime.TryParseExact(written.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return new(written, null, null);
        if (isUtc)
            return new(written, new DateTimeOffset(local, TimeSpan.Zero), null);
        string? zone = property.Parameter("TZID");
        return zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known)
            ? new(written, WallClock.ToInstant(local, known), null)
            : new(zone is null ? written : $"{written} {zone}", null, null);
    }

    /// <summary>A content line: name, parameters, value.</summary>
    private sealed record Property(string Name, string[] Parameters, string Value)
    {
        /// <summary>Gets the value of a text property, its escapes undone (RFC 5545 §3.3.11), on one line.</summary>
        public string Text
        {
            get
            {
                StringBuilder text = new(Value.Length);
                for (int i = 0; i < Value.Length; i++)
                {
                    if (Value[i] != '\\' || i + 1 == Value.Length)
                        text.Append(Value[i]);
                    else
                        text.Append(Value[++i] is 'n' or 'N' ? ' ' : Value[i]);
                }

                return ValueCode.OneLine(text.ToString());
            }
        }

        public static Property Of(string line)
        {
            List<string> parts = [];
            int from = 0;
            bool isQuoted = false;
            for (int i = 0; i < line.Length; i++)
            {
                if (line[i] == '"')
                    isQuoted = !isQuoted;
                if (isQuoted || line[i] is not (';' or ':'))
                    continue;
                parts.Add(line[from..i]);
                from = i + 1;
                if (line[i] == ':')
                    return new(parts[0].ToUpperInvariant(), [.. parts.Skip(1)], line[from..]);
            }

            return new("", [], line);
        }

        public string? Parameter(string name) => Array.Find(Parameters, parameter => parameter.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)) is { } found
            ? ValueCode.OneLine(found[(name.Length + 1)..].Trim('"'))
            : null;
    }
}
