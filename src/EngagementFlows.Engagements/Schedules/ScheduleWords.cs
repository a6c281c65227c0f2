using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>The spelling of a schedule's choices in database and API.</summary>
public static class ScheduleWords
{
    /// <summary>Gets the kinds of cadence.</summary>
    public static IReadOnlyDictionary<string, CadenceKind> Kinds { get; } = new Dictionary<string, CadenceKind>(StringComparer.Ordinal)
    {
        ["cron"] = CadenceKind.Cron,
        ["cron_with_seconds"] = CadenceKind.CronWithSeconds,
        ["rrule"] = CadenceKind.Rrule,
        ["interval"] = CadenceKind.Interval,
    };

    /// <summary>Gets what happens on free days.</summary>
    public static IReadOnlyDictionary<string, FreeDayPolicy> FreeDays { get; } = new Dictionary<string, FreeDayPolicy>(StringComparer.Ordinal)
    {
        ["keep"] = FreeDayPolicy.Keep,
        ["skip"] = FreeDayPolicy.Skip,
        ["before"] = FreeDayPolicy.Before,
        ["after"] = FreeDayPolicy.After,
    };

    /// <summary>Gets what happens to missed instants.</summary>
    public static IReadOnlyDictionary<string, CatchUpPolicy> Misfires { get; } = new Dictionary<string, CatchUpPolicy>(StringComparer.Ordinal)
    {
        ["run_once"] = CatchUpPolicy.RunOnce,
        ["run_all"] = CatchUpPolicy.RunAll,
        ["skip"] = CatchUpPolicy.Skip,
    };

    /// <summary>Gets what happens while the last instance runs.</summary>
    public static IReadOnlyDictionary<string, OverlapPolicy> Overlaps { get; } = new Dictionary<string, OverlapPolicy>(StringComparer.Ordinal)
    {
        ["start"] = OverlapPolicy.Start,
        ["skip"] = OverlapPolicy.Skip,
        ["queue"] = OverlapPolicy.Queue,
    };

    /// <summary>Returns the word of a choice.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct, Enum => words.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key;
}
