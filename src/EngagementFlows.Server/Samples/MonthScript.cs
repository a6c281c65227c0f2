using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Samples;

/// <summary>What happens to one engagement of the sample firm.</summary>
/// <param name="Client">The client's external id.</param>
/// <param name="Calendar">By which working days its acts are counted: <c>client</c> or <c>firm</c>.</param>
/// <param name="Acts">What somebody does.</param>
internal sealed record MonthStory(string Client, string Calendar, IReadOnlyList<MonthAct> Acts);

/// <summary>The month that the sample firm has behind it, as its file tells it.</summary>
/// <remarks>A text that is <c>@+10</c> or <c>@-3</c> alone stands for the date so many days after or before today.</remarks>
/// <param name="Stories">One for each engagement, and as many more as there are.</param>
internal sealed record MonthScript(IReadOnlyList<MonthStory> Stories)
{
    /// <summary>Reads the file's text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="today">The date from which others are counted.</param>
    /// <exception cref="FormatException">It tells no month; the message says which act is wrong.</exception>
    public static MonthScript Read(string json, DateOnly today)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new([.. document.RootElement.GetProperty("stories").EnumerateArray().Select(story => Story(story, today))]);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The month of the sample firm cannot be read: {fault.Message}", fault);
        }
    }

    private static MonthStory Story(JsonElement story, DateOnly today) => new(
        story.GetProperty("client").GetString()!, Text(story, "calendar") ?? "client", [.. story.GetProperty("acts").EnumerateArray().Select(act => Act(act, today))]);

    private static MonthAct Act(JsonElement act, DateOnly today)
    {
        int day = act.GetProperty("day").GetInt32();
        TimeOnly at = Text(act, "at") is not { } given ? default
            : TimeOnly.TryParseExact(given, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time
            : throw new FormatException($"The month of the sample firm cannot be read: '{given}' is no time like 09:30.");
        string? by = Text(act, "by");
        return (Text(act, "starts"), Text(act, "answers"), Text(act, "declines"), Text(act, "does"), Text(act, "reaches")) switch
        {
            ({ } process, null, null, null, null) => new MonthAct.Starts(day, at, process, With(act, today) ?? new()),
            (null, { } mail, null, null, null) => new MonthAct.Answers(day, at, mail, With(act, today) ?? new(), null),
            (null, null, { } mail, null, null) => new MonthAct.Answers(day, at, mail, null, Text(act, "says")),
            (null, null, null, { } task, null) when by is not null => new MonthAct.Completes(day, at, by, task, Text(act, "outcome") ?? "Done", Text(act, "says"), With(act, today)),
            (null, null, null, null, { } milestone) when by is not null => new MonthAct.Reaches(day, at, by, milestone),
            _ => throw new FormatException($"The month of the sample firm cannot be read: this act needs one of starts, answers, declines, does (with by) and reaches (with by): {act.GetRawText()}"),
        };
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static PlainObject? With(JsonElement act, DateOnly today) =>
        act.TryGetProperty("with", out JsonElement with) ? (PlainObject?)Dated(PlainJson.Read(with), today) : null;

    private static object? Dated(object? value, DateOnly today)
    {
        switch (value)
        {
            case string text when text.Length is > 2 and < 6 && text[0] == '@' && int.TryParse(text.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int days):
                return today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case PlainObject map:
                PlainObject dated = new(map.Count);
                foreach ((string name, object? member) in map)
                    dated[name] = Dated(member, today);
                return dated;
            case PlainList list:
                return new PlainList([.. list.Select(item => Dated(item, today))]);
            default:
                return value;
        }
    }
}
