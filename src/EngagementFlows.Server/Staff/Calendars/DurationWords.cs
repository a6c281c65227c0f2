using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>Durations and working times in the reader's words.</summary>
internal static class DurationWords
{
    private static readonly LocalizedText Hours = new("{0} h", "{0} 小时");
    private static readonly LocalizedText Minutes = new("{0} min", "{0} 分钟");
    private static readonly LocalizedText WorkingDay = new("1 working day", "1 个工作日");
    private static readonly LocalizedText WorkingDays = new("{0} working days", "{0} 个工作日");
    private static readonly LocalizedText WorkingHour = new("1 working hour", "1 个工作小时");
    private static readonly LocalizedText WorkingHours = new("{0} working hours", "{0} 个工作小时");

    /// <summary>Returns a duration as flows write it in words; what is none is returned as it stands.</summary>
    public static string Of(string text, Reader reader) => Duration.TryParse(text, out Duration? duration) ? duration switch
    {
        WorkingDays { Count: 1 } => reader.Say(WorkingDay),
        WorkingDays days => reader.Say(WorkingDays, days.Count),
        WorkingHours { Length: var length } when length == TimeSpan.FromHours(1) => reader.Say(WorkingHour),
        WorkingHours hours => reader.Say(WorkingHours, hours.Length.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)),
        ElapsedTime elapsed => reader.Language.Span(elapsed.Length),
        _ => text,
    } : text;

    /// <summary>Returns a working time, in hours from one hour on.</summary>
    public static string Of(TimeSpan? working, Reader reader) => working switch
    {
        null => "–",
        { TotalHours: >= 1 } hours => reader.Say(Hours, hours.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)),
        { } minutes => reader.Say(Minutes, Math.Round(minutes.TotalMinutes)),
    };
}
