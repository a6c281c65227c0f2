using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Inbox;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>What a schedule puts into the inbox, as its rows hold it. Pure.</summary>
internal static class ScheduleStarts
{
    /// <summary>Returns the start of an instance, or the payload of an event.</summary>
    public static string PayloadOf(ScheduleSettings settings) => settings.EventName is null
        ? Start(settings, settings.CorrelationId)
        : PlainState.ToText(EventRouting.Input(settings.Input));

    /// <summary>Returns the start of an instance of a set, before and after the place where the engagement's id stands as a JSON string.</summary>
    public static (string Before, string After) PayloadAround(ScheduleSettings settings, Guid schedule)
    {
        // The row's own text with a mark in it: a mark that an input could hold too would cut the text there, so it holds the id, and the place is that of the correlation.
        string mark = $"\"{schedule:N}\"";
        string whole = Start(settings, schedule.ToString("N"));
        string key = "\"correlation\":" + mark;
        int at = whole.LastIndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            throw new InvalidOperationException("EngagementFlows bug: a start has no place for its correlation id.");
        return (whole[..(at + key.Length - mark.Length)], whole[(at + key.Length)..]);
    }

    private static string Start(ScheduleSettings settings, string? correlationId) =>
        StimulusJson.Write(new StartRequested(Guid.Empty, settings.DefinitionId!) { Input = settings.Input, CorrelationId = correlationId }).Payload!;
}
