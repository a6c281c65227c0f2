using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Lets events and waits find each other that were committed at the same moment: after the commit, in a new snapshot.</summary>
/// <remarks>
/// Publisher and waiter both commit first and look then, so at least one of them sees the other. If the process that should look dies in between,
/// the sweep of any process finds the pair.
/// </remarks>
internal sealed class EventLooker(CommitSignals signals, DatabaseClock clock, EngineConnection connections) : IAsyncDisposable
{
    private const int GroupLimit = 512;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connections.DisposeAsync();

    /// <summary>Waits for commits with something to look for and looks, once; returns the number of events that found a wait.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await signals.Looks.WaitToReadAsync(cancellationToken);
        return await LookNowAsync(cancellationToken);
    }

    /// <summary>Looks for what the commits so far have announced, without waiting.</summary>
    public async Task<int> LookNowAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> events = [];
        List<Bookmark> waits = [];
        while (events.Count + waits.Count < GroupLimit && signals.Looks.TryRead(out EventLook look))
        {
            if (look.EventId is { } eventId)
                events.Add(eventId);
            else
                waits.Add(look.Bookmark!);
        }

        NpgsqlConnection connection = await connections.GetAsync(cancellationToken);
        if (waits.Count > 0)
        {
            events.UnionWith(await FindKeptEvents.ExecuteAsync(
                connection,
                [.. waits.Select(wait => wait.Key!)],
                [.. waits.Select(wait => wait.CorrelationId)],
                [.. waits.Select(wait => wait.InstanceId)],
                clock.Now,
                cancellationToken));
        }

        return await OfferAsync(connection, events, cancellationToken);
    }

    /// <summary>Offers all kept events for which a wait stands.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await connections.GetAsync(cancellationToken);
        return await OfferAsync(connection, await FindOfferableEvents.ExecuteAsync(connection, clock.Now, cancellationToken), cancellationToken);
    }

    private async Task<int> OfferAsync(NpgsqlConnection connection, IEnumerable<Guid> events, CancellationToken cancellationToken)
    {
        int taken = 0;
        foreach (Guid eventId in events)
        {
            if (await OfferEvent.ExecuteAsync(connection, eventId, clock.Now, cancellationToken))
                taken++;
        }

        if (taken > 0)
            signals.InboxDue(DateTimeOffset.MinValue);
        return taken;
    }
}
