using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Bookmarks;

/// <summary>The rules by which a published event finds waits and triggers; the same for every store.</summary>
public static class EventRouting
{
    /// <summary>The name of bookmarks and triggers that wait for events.</summary>
    public const string BookmarkName = "Elsa.Event";

    /// <summary>The input under which a resumed or started activity finds the event's payload.</summary>
    public const string PayloadKey = "__EventPayloadWorkflowInput";

    /// <summary>Gets how long an event that resumed nothing is kept for a wait that begins later.</summary>
    /// <value>10 minutes.</value>
    public static TimeSpan EarlyEventLifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Tells whether an event resumes a wait.</summary>
    /// <param name="bookmark">The wait.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="correlationId">The event's correlation id; <see langword="null"/> reaches every wait.</param>
    /// <param name="localInstanceId">The only instance that it reaches; <see langword="null"/> = all.</param>
    public static bool Matches(Bookmark bookmark, string name, string? correlationId, Guid? localInstanceId) =>
        string.Equals(bookmark.Name, BookmarkName, StringComparison.Ordinal)
        && string.Equals(bookmark.Key, name, StringComparison.Ordinal)
        && (correlationId is null || string.Equals(bookmark.CorrelationId, correlationId, StringComparison.Ordinal))
        && (localInstanceId is null || bookmark.InstanceId == localInstanceId);

    /// <summary>Returns the input of a resumption or start by an event with that payload.</summary>
    public static PlainObject Input(object? payload) => new(1) { [PayloadKey] = payload };
}
