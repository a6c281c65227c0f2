using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>What a due schedule does now.</summary>
/// <param name="Instants">The instants that it fires, each once.</param>
/// <param name="NextDueAt">Its next instant, or <see langword="null"/> if there is none.</param>
internal sealed record Firing(IReadOnlyList<DateTimeOffset> Instants, DateTimeOffset? NextDueAt)
{
    // A schedule of one second that slept for a month must not fill the inbox at once: the rest is fired in the next rounds.
    private const int Most = 1000;

    // Nor may one of a millisecond that slept for a day hold up everybody: beyond so many missed instants the way to the present is not walked.
    private const int MostSteps = 10_000;

    /// <summary>Decides by the schedule's policy which of the instants up to <paramref name="now"/> are fired. Pure.</summary>
    /// <param name="policy">What happens to instants that were missed.</param>
    /// <param name="dueAt">The instant that has come.</param>
    /// <param name="now">The instant of the decision.</param>
    /// <param name="lateAfter">The lateness from which an instant counts as missed.</param>
    /// <param name="next">The schedule's next instant after a given one.</param>
    public static Firing Decide(CatchUpPolicy policy, DateTimeOffset dueAt, DateTimeOffset now, TimeSpan lateAfter, Func<DateTimeOffset, DateTimeOffset?> next)
    {
        List<DateTimeOffset> due = [];
        DateTimeOffset? at = dueAt;
        int steps = 0;
        while (at <= now && (policy != CatchUpPolicy.RunAll || due.Count < Most))
        {
            if (policy == CatchUpPolicy.RunOnce)
                due.Clear();
            if (policy != CatchUpPolicy.Skip || now - at.Value <= lateAfter)
                due.Add(at.Value);
            at = next(++steps < MostSteps || policy == CatchUpPolicy.RunAll ? at.Value : now);
        }

        return new(due, at);
    }
}
