using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Bookmarks;

/// <summary>A place where an instance waits for a stimulus.</summary>
/// <param name="Id">The bookmark's id.</param>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="ActivityId">The activity of the definition.</param>
/// <param name="ExecutionId">The activity execution that waits.</param>
/// <param name="Name">The kind of wait: <c>Elsa.Event</c>, <c>Elsa.Delay</c>, <c>EngagementFlows.Task</c> …</param>
/// <param name="Key">What a stimulus must match (the event's name, <c>GET path</c>, …), or <see langword="null"/> where the bookmark is only resumed by its id.</param>
/// <param name="CorrelationId">The instance's correlation id when the burst ended in which the wait began.</param>
/// <param name="DueAt">The instant at which it resumes by itself, or <see langword="null"/>. The store keeps it as an inbox row that is deleted with the bookmark.</param>
/// <param name="Payload">What the activity wants to find again when it resumes, or <see langword="null"/>.</param>
/// <param name="CatchUp">What happens to a timer that is found late.</param>
public sealed record Bookmark(
    Guid Id,
    Guid InstanceId,
    string ActivityId,
    Guid ExecutionId,
    string Name,
    string? Key,
    string? CorrelationId,
    DateTimeOffset? DueAt,
    PlainObject? Payload,
    CatchUpPolicy CatchUp = CatchUpPolicy.RunOnce);
