namespace EngagementFlows.Engine.Bookmarks;

/// <summary>What happens to due instants that passed while nobody could serve them.</summary>
public enum CatchUpPolicy
{
    /// <summary>The latest missed instant is served, earlier ones are dropped.</summary>
    RunOnce,

    /// <summary>Each missed instant is served.</summary>
    RunAll,

    /// <summary>Missed instants are dropped; a wait that would never be served otherwise is served once.</summary>
    Skip,
}
