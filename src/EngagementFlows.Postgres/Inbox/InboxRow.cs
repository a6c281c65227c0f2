using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>A fact on its way to an instance.</summary>
/// <param name="InstanceId">The instance that it is to reach.</param>
/// <param name="Id">The row's id; a timer's is that of its bookmark.</param>
/// <param name="DueAt">Not before this instant.</param>
/// <param name="Kind"><c>start, resume, timer, cancel, retry, skip</c>.</param>
/// <param name="BookmarkId">The bookmark of a resumption.</param>
/// <param name="Payload">The rest as typed JSON; null for timers.</param>
internal sealed record InboxRow(Guid InstanceId, Guid Id, DateTimeOffset DueAt, string Kind, Guid? BookmarkId, string? Payload)
{
    public static InboxRow For(Stimulus stimulus, Guid id, DateTimeOffset dueAt)
    {
        (string kind, Guid? bookmarkId, string? payload) = StimulusJson.Write(stimulus);
        return new(stimulus.InstanceId, id, dueAt, kind, bookmarkId, payload);
    }

    public static InboxRow ForTimer(Bookmark bookmark) => new(bookmark.InstanceId, bookmark.Id, bookmark.DueAt!.Value, "timer", bookmark.Id, null);
}
