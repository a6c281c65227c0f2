using System.Globalization;
using EngagementFlows.Engine.Activities.Events;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Scheduling;

namespace EngagementFlows.Engine.Definitions;

/// <summary>A place in a published definition from which a fact from outside starts an instance.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="DefinitionVersionId">The published version.</param>
/// <param name="ActivityId">The trigger activity.</param>
/// <param name="Name">The kind: <c>Elsa.Event</c>, <c>Elsa.HttpEndpoint</c>, <c>Elsa.Timer</c>, <c>Elsa.Cron</c>, <c>Elsa.StartAt</c>.</param>
/// <param name="Key">What a fact must match: the event's name, <c>GET path</c>; for schedules the interval (<c>c</c> format), the cron text or the instant (<c>O</c> format).</param>
/// <param name="Activation">Whether a further instance may start; answered by the store when the trigger fires.</param>
public sealed record Trigger(string DefinitionId, string DefinitionVersionId, string ActivityId, string Name, string Key, ActivationStrategy Activation)
{
    /// <summary>Gets what happens to scheduled instants that were missed.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>Returns the next instant of a schedule; <see langword="null"/> for other triggers and when there is none.</summary>
    /// <param name="after">The instant after which it lies; for a Timer, the instant from which the interval counts.</param>
    /// <param name="zone">The zone of cron expressions.</param>
    public DateTimeOffset? NextDue(DateTimeOffset after, TimeZoneInfo zone) => NextDue(Name, Key, after, zone);

    /// <summary>Returns the next instant of a schedule that is known by its kind and key; <see langword="null"/> for other triggers and when there is none.</summary>
    public static DateTimeOffset? NextDue(string name, string key, DateTimeOffset after, TimeZoneInfo zone)
    {
        switch (name)
        {
            case "Elsa.Timer":
                return Due.After(after, TimeSpan.ParseExact(key, "c", CultureInfo.InvariantCulture));
            case "Elsa.Cron":
                return CronExpression.TryParse(key, CronFormat.Seconds, out CronExpression? cron, out string? _) ? cron.Next(after, zone) : null;
            case "Elsa.StartAt":
                DateTimeOffset instant = DateTimeOffset.ParseExact(key, "O", CultureInfo.InvariantCulture);
                return instant > after ? instant : null;
            default:
                return null;
        }
    }
}
