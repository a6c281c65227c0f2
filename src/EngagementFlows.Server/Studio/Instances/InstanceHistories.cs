using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Journal;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Reads instances with their journals. Whoever watches an instance asks every second: what was read is kept for a while, and only what came after it is read again.</summary>
/// <remarks>Safe for use by many threads. Access is checked before, by whoever asks.</remarks>
internal sealed class InstanceHistories(FlowsDatabase database, LiveCatalogue catalogue)
{
    private const int Chunk = 1_000;
    private const int MostKept = 64;
    private const int LongestKept = 10_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Kept> _kept = new();

    /// <summary>Returns the definition on which an instance runs; <see langword="null"/> if it is not there any more, or cannot be read.</summary>
    public async Task<WorkflowDefinition?> DefinitionAsync(string versionId, CancellationToken cancellationToken)
    {
        // Another process may have made the version a moment ago.
        if (catalogue.Current.Version(versionId) is null)
            await catalogue.RefreshAsync(cancellationToken);
        return catalogue.Current.Version(versionId);
    }

    /// <summary>Reads an instance's history; <see langword="null"/> if there is no such instance.</summary>
    public async Task<InstanceHistory?> ReadAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        if (await FindInstanceVersion.ExecuteAsync(database.Queries, instanceId, cancellationToken) is not { } instance)
            return null;
        Kept? known = Find(instanceId);
        List<JournalTransition> transitions = known is not null && known.VersionId == instance.VersionId && known.Revision <= instance.Revision ? [.. known.Transitions] : [];
        if (known is not null && transitions.Count > 0 && known.Revision == instance.Revision)
            return known.History;
        long revision = transitions.Count == 0 ? 0 : transitions[^1].Revision;
        while (true)
        {
            IReadOnlyList<JournalTransition> next = await ReadJournal.ExecuteAsync(database.Queries, instanceId, revision, Chunk, cancellationToken);
            transitions.AddRange(next);
            if (next.Count < Chunk)
                break;
            revision = next[^1].Revision;
        }

        WorkflowDefinition? definition = await DefinitionAsync(instance.VersionId, cancellationToken);
        InstanceHistory history = new(transitions, definition is null ? null : new DrawnActivities(definition, catalogue.Current));
        if (transitions.Count is > 0 and <= LongestKept)
            Keep(new(instanceId, instance.VersionId, transitions[^1].Revision, transitions, history));
        return history;
    }

    private Kept? Find(Guid instanceId)
    {
        lock (_lock)
            return _kept.FirstOrDefault(one => one.InstanceId == instanceId);
    }

    private void Keep(Kept kept)
    {
        lock (_lock)
        {
            for (LinkedListNode<Kept>? node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.InstanceId != kept.InstanceId)
                    continue;
                _kept.Remove(node);
                break;
            }

            _kept.AddFirst(kept);
            if (_kept.Count > MostKept)
                _kept.RemoveLast();
        }
    }

    private sealed record Kept(Guid InstanceId, string VersionId, long Revision, IReadOnlyList<JournalTransition> Transitions, InstanceHistory History);
}
