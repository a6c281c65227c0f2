using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>An instance in a rehearsal, with everything that happened to it.</summary>
public sealed class RehearsedInstance
{
    /// <summary>Gets the instance as it stands.</summary>
    public WorkflowInstance Current { get; private set; } = null!;

    /// <summary>Gets the waits that stand, oldest first.</summary>
    public List<Bookmark> Bookmarks { get; } = [];

    /// <summary>Gets the incidents that arose, also those that are resolved.</summary>
    public List<Incident> Incidents { get; } = [];

    /// <summary>Gets the journal.</summary>
    public List<JournalEntry> Journal { get; } = [];

    /// <summary>Gets the instant of each entry of <see cref="Journal"/>.</summary>
    public List<DateTimeOffset> Moments { get; } = [];

    /// <summary>Takes over a transition.</summary>
    /// <param name="change">What the transition makes of the instance.</param>
    /// <param name="now">Its instant.</param>
    /// <exception cref="InvalidOperationException">The transition was made from another revision.</exception>
    public void Apply(InstanceChange change, DateTimeOffset now)
    {
        if (change.ExpectedRevision != (Current?.Revision ?? 0))
            throw new InvalidOperationException($"EngagementFlows bug: a change of instance '{change.Instance.Id}' expects revision {change.ExpectedRevision}, but {Current?.Revision ?? 0} is stored.");
        Current = change.Instance;
        foreach (Guid burned in change.BookmarksBurned)
        {
            if (Bookmarks.RemoveAll(bookmark => bookmark.Id == burned) != 1)
                throw new InvalidOperationException($"EngagementFlows bug: a change of instance '{change.Instance.Id}' burns the bookmark '{burned}', which does not stand.");
        }

        Bookmarks.AddRange(change.BookmarksMade);
        if (Current.Status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted && Bookmarks.Count > 0)
            throw new InvalidOperationException($"EngagementFlows bug: the instance '{Current.Id}' is over, but {Bookmarks.Count} of its bookmarks still stand.");
        Incidents.AddRange(change.IncidentsOpened);
        Journal.AddRange(change.Journal);
        Moments.AddRange(change.Journal.Select(_ => now));
    }
}
