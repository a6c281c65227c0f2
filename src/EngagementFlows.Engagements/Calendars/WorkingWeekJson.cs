using System.Globalization;
using System.Text.Json;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>A working week as text: <c>{"monday": ["09:00-12:00", "13:00-18:00"], "makeUpDay": ["09:00-17:00"]}</c>; a day that is missing is free.</summary>
public static class WorkingWeekJson
{
    private const string MakeUpDay = "makeUpDay";
    private const string Time = "HH:mm";

    /// <summary>Reads a week.</summary>
    /// <exception cref="FormatException">It is no week; the message says what is wrong.</exception>
    public static WorkingWeek Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> days = [];
            IReadOnlyList<OpenHours> makeUp = [];
            foreach (JsonProperty day in document.RootElement.EnumerateObject())
            {
                OpenHours[] hours = [.. day.Value.EnumerateArray().Select(item => Hours(item.GetString()))];
                if (day.Name == MakeUpDay)
                    makeUp = hours;
                else if (Enum.TryParse(day.Name, ignoreCase: true, out DayOfWeek name) && !char.IsDigit(day.Name[0]))
                    days[name] = hours;
                else
                    throw new FormatException($"'{day.Name}' is no day of the week.");
            }

            return new WorkingWeek(days, makeUp);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The working week cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a week.</summary>
    public static string Write(WorkingWeek week)
    {
        // Monday first, as people list them.
        Dictionary<string, string[]> days = [];
        foreach (DayOfWeek day in Enum.GetValues<DayOfWeek>().OrderBy(day => ((int)day + 6) % 7))
        {
            if (week[day].Count > 0)
                days[day.ToString().ToLowerInvariant()] = Texts(week[day]);
        }

        if (week.MakeUpDay.Count > 0)
            days[MakeUpDay] = Texts(week.MakeUpDay);
        return JsonSerializer.Serialize(days);
    }

    private static string[] Texts(IReadOnlyList<OpenHours> hours) =>
        [.. hours.Select(open => $"{open.From.ToString(Time, CultureInfo.InvariantCulture)}-{open.To.ToString(Time, CultureInfo.InvariantCulture)}")];

    private static OpenHours Hours(string? text)
    {
        string[] parts = (text ?? "").Split('-', '–');
        return parts.Length == 2
            && TimeOnly.TryParseExact(parts[0].Trim(), Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly from)
            && TimeOnly.TryParseExact(parts[1].Trim(), Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly to)
            ? new OpenHours(from, to)
            : throw new FormatException($"'{text}' are no hours; write them like '09:00-12:00'.");
    }
}
