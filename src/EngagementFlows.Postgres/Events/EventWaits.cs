using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Events;

/// <summary>How events meet waits.</summary>
internal static class EventWaits
{
    /// <summary>The name of bookmarks and triggers that wait for events.</summary>
    public const string Name = "Elsa.Event";

    /// <summary>The time for which an event that found nobody is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>Returns what a wait or a trigger finds as its input.</summary>
    public static PlainObject Input(object? payload) => new() { ["__EventPayloadWorkflowInput"] = payload };
}
