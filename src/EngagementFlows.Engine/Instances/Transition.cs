using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Incidents;

namespace EngagementFlows.Engine.Instances;

/// <summary>The result of one run-until-blocked: everything that must be committed together.</summary>
/// <param name="Kind">Whether there is anything to commit.</param>
/// <param name="Changes">
/// The instance that the stimulus reached comes first, children that ran inline after it. Empty unless <paramref name="Kind"/> is <see cref="TransitionKind.Applied"/>.
/// </param>
/// <param name="Message">Why nothing happened, as a sentence; <see langword="null"/> when applied.</param>
public sealed record Transition(TransitionKind Kind, IReadOnlyList<InstanceChange> Changes, string? Message = null)
{
    /// <summary>Gets what must be answered before the stimulus can be run; set if and only if the kind is <see cref="TransitionKind.Asking"/>.</summary>
    public Question? Asked { get; init; }

    /// <summary>Gets, for each effect in the order in which it arose, the number of its change; <see langword="null"/> where there is one change only.</summary>
    internal IReadOnlyList<int>? EffectOrder { get; init; }

    /// <summary>Returns the effects of all changes in the order in which they arose, with their instance.</summary>
    public IEnumerable<(Guid InstanceId, Effect Effect)> EffectsInOrder()
    {
        int[] next = new int[Changes.Count];
        int total = Changes.Sum(change => change.Effects.Count);
        for (int i = 0; i < total; i++)
        {
            int at = EffectOrder?[i] ?? 0;
            yield return (Changes[at].Instance.Id, Changes[at].Effects[next[at]++]);
        }
    }
}

/// <summary>What became of a stimulus.</summary>
public enum TransitionKind
{
    /// <summary>It changed at least one instance.</summary>
    Applied,

    /// <summary>It no longer finds what it was meant for (bookmark burned, instance ended, start repeated); drop it.</summary>
    Ignored,

    /// <summary>It cannot be served (unknown definition, instance not found); tell the caller, drop it.</summary>
    Refused,

    /// <summary>An activity asked something of the domain: answer it, and run the stimulus again.</summary>
    Asking,
}

/// <summary>What a transition changes in one instance.</summary>
public sealed record InstanceChange
{
    /// <summary>Gets the revision that must be stored for the commit to hold; 0 for a new instance.</summary>
    public required long ExpectedRevision { get; init; }

    /// <summary>Gets the instance after the transition; its revision is one higher.</summary>
    public required WorkflowInstance Instance { get; init; }

    /// <summary>Gets whether the instance had another business key before; <see langword="false"/> for a new instance.</summary>
    public bool IsKeyChanged { get; init; }

    /// <summary>Gets the waits that began and still stand at the end of the burst.</summary>
    public IReadOnlyList<Bookmark> BookmarksMade { get; init; } = [];

    /// <summary>Gets stored waits that ended, with their timers.</summary>
    public IReadOnlyList<Guid> BookmarksBurned { get; init; } = [];

    /// <summary>Gets the effects, in the order in which they arose.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>Gets, for each of <see cref="Effects"/>, the activity execution that returned it; <see cref="Guid.Empty"/> for what the engine itself wants.</summary>
    public IReadOnlyList<Guid> EffectOrigins { get; init; } = [];

    /// <summary>Gets the journal entries, in order.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Gets incidents that arose.</summary>
    public IReadOnlyList<Incident> IncidentsOpened { get; init; } = [];

    /// <summary>Gets incidents that ended.</summary>
    public IReadOnlyList<IncidentResolution> IncidentsResolved { get; init; } = [];
}
