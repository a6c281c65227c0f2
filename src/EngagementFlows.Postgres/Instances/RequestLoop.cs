using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Events;
using EngagementFlows.Postgres.Journal;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>One committer of the requests of this process: takes all that is there, one load, one run, one commit, then answers.</summary>
/// <remarks>
/// While one loop waits for the disk, the other gathers; nobody waits "for more". What may throw: the database; the works then go on one by one, and what
/// cannot be committed at all ends at its caller. Shutdown: the queue is closed when it is empty, so nobody is left waiting.
/// </remarks>
internal sealed class RequestLoop(RequestQueue queue, Committer committer, EngineConnection connections) : IAsyncDisposable
{
    private const int GroupLimit = 128;
    private const int MostAttempts = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Serves until the queue is closed.</summary>
    public async Task RunAsync()
    {
        while (await queue.TakeAsync(GroupLimit, CancellationToken.None) is { Count: > 0 } works)
            await ServeAsync(works);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connections.DisposeAsync();

    private async Task ServeAsync(List<Work> works)
    {
        try
        {
            (List<Work> group, DateTimeOffset now) = await PrepareAsync(works);
            await CommitGroupAsync(group, now);
        }
        catch (Exception fault)
        {
            // The database is away, or a statement of the load failed: every caller hears of it, and the loop lives on.
            foreach (Work work in works.Where(work => !work.IsHandedOn))
                work.Caller!.TrySetException(fault);
        }
        finally
        {
            foreach (Work work in works)
            {
                if (!work.IsHandedOn)
                    queue.Release(work.Lane);
            }
        }
    }

    /// <summary>Loads and runs; returns the works that have something to commit together, and answers or hands on the others.</summary>
    private async Task<(List<Work> Group, DateTimeOffset Now)> PrepareAsync(List<Work> works)
    {
        await FindWaitsAsync(works);
        await LoadAsync([.. works.Where(work => work is { IsHandedOn: false, Instance: null, Stimulus: not (null or StartRequested) })]);
        DateTimeOffset now = committer.Clock.Now;
        List<Work> served = works.FindAll(work => !work.IsHandedOn);
        committer.Run(served, now);
        await AnswerAsync(served, now);
        List<Work> group = new(served.Count);
        foreach (Work work in served)
        {
            if (work is { HasCommit: true, IsAlone: false })
                group.Add(work);
            else if (work.Fault is not null || work is { Event: null, Transition.Kind: TransitionKind.Ignored })
                work.Answer();
            else
                await ServeAloneAsync(work);
        }

        return (group, now);
    }

    private async Task CommitGroupAsync(List<Work> group, DateTimeOffset now)
    {
        if (group.Count == 0)
            return;
        NpgsqlConnection connection = await connections.GetPatientlyAsync(Patience, CancellationToken.None);
        try
        {
            await committer.CommitAsync(connection, group, now, [], CancellationToken.None);
            foreach (Work work in group)
                work.Answer();
        }
        catch (Exception fault)
        {
            HashSet<Guid> stored = CommitFailures.Sort(fault, connection) == CommitFailure.Unknown ? await FindStoredAsync(group, now) : [];
            foreach (Work work in group)
            {
                if (work.Transition is { Kind: TransitionKind.Applied } transition && stored.Contains(transition.Changes[0].Instance.Id))
                    work.Answer();
                else
                    await ServeAloneAsync(work);
            }
        }
    }

    /// <summary>Serves one work by itself, from what is stored now, until it is committed or cannot be.</summary>
    private async Task ServeAloneAsync(Work work)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (work.Event is not null)
            {
                // One wait was found before, and perhaps it is gone: the statement that delivers finds all there are in its own snapshot.
                work.Stimulus = null;
                work.Transition = null;
            }

            work.Forget();
            await LoadAsync(work.Stimulus is null ? [] : [work]);
            DateTimeOffset now = work.Refusals?.At ?? committer.Clock.Now;
            committer.Run(work, now);
            if (work.Transition is { Kind: TransitionKind.Refused } && await committer.Catalogue.RefreshAsync(CancellationToken.None))
                committer.Run(work, now);
            await AnswerAsync([work], now);
            if (!work.HasCommit)
            {
                work.Answer();
                return;
            }

            NpgsqlConnection connection = await connections.GetPatientlyAsync(Patience, CancellationToken.None);
            try
            {
                await committer.CommitAsync(connection, [work], now, [], CancellationToken.None);
                work.Answer();
                return;
            }
            catch (Exception fault)
            {
                if (await IsSettledAsync(work, fault, connection, now, attempt))
                    return;
            }
        }
    }

    private async Task<bool> IsSettledAsync(Work work, Exception fault, NpgsqlConnection connection, DateTimeOffset now, int attempt)
    {
        work.Refusals = EffectRefusals.Add(work.Refusals, fault, now);
        if (work.Refusals is not null && attempt < MostAttempts)
            return false;
        switch (CommitFailures.Sort(fault, connection))
        {
            case CommitFailure.Overtaken when attempt < MostAttempts:
                return false;
            case CommitFailure.Unknown when attempt < MostAttempts:
                if ((await FindStoredAsync([work], now)).Count == 0)
                    return false;
                work.Answer();
                return true;
            case CommitFailure.Occupied:
                work.Refuse(CheckActivation.Occupied);
                return true;
            case CommitFailure.Refused:
                work.Refuse(fault is PostgresException { MessageText: var reason } ? reason : fault.Message);
                return true;
            default:
                work.Caller!.TrySetException(fault);
                return true;
        }
    }

    /// <summary>Asks the database which of the works it has, after the connection was lost in the middle of their commit.</summary>
    private async Task<HashSet<Guid>> FindStoredAsync(IReadOnlyList<Work> works, DateTimeOffset now)
    {
        InstanceChange[] changes = [.. works.Where(work => work.Transition is { Kind: TransitionKind.Applied }).Select(work => work.Transition!.Changes[0])];
        if (changes.Length == 0)
            return [];
        Guid[] ids = [.. changes.Select(change => change.Instance.Id)];
        long[] revisions = [.. changes.Select(change => change.Instance.Revision)];
        return await ReadAsync(connection => FindCommitted.ExecuteAsync(connection, ids, revisions, now, CancellationToken.None));
    }

    /// <summary>An event that one wait waits for becomes that instance's stimulus, and its burst part of this commit.</summary>
    private async Task FindWaitsAsync(List<Work> works)
    {
        List<Work> events = works.FindAll(work => work is { Event: { CorrelationId: not null, LocalInstanceId: null }, Stimulus: null }
            && !committer.Catalogue.Current.Triggers.Any(trigger => trigger.Name == EventRouting.BookmarkName && trigger.Key == work.Event.Name));
        if (events.Count == 0)
            return;
        string[] names = [.. events.Select(work => work.Event!.Name)];
        string[] correlations = [.. events.Select(work => work.Event!.CorrelationId!)];
        List<(Guid BookmarkId, WorkflowInstance Instance)>[] found =
            await ReadAsync(connection => MatchWaits.ExecuteAsync(connection, names, correlations, committer.Clock, CancellationToken.None));
        for (int i = 0; i < events.Count; i++)
        {
            if (found[i].Count != 1)
                continue;
            Work work = events[i];
            (Guid bookmark, WorkflowInstance instance) = found[i][0];
            work.Stimulus = new BookmarkResumed(instance.Id, bookmark, EventRouting.Input(work.Event!.Payload));
            queue.Release(work.Lane);
            work.Lane = instance.Id;
            if (queue.TryTakeLane(instance.Id))
                work.Instance = instance;
            else
                HandOn(work);
        }
    }

    /// <summary>Puts a work behind those of its instance; whoever takes it loads the instance anew.</summary>
    private void HandOn(Work work)
    {
        work.IsHandedOn = true;
        queue.Add(work.Copy(), isFirst: false);
    }

    private async Task LoadAsync(List<Work> works)
    {
        if (works.Count == 0)
            return;
        Guid[] ids = [.. works.Select(work => work.Stimulus!.InstanceId)];
        Dictionary<Guid, WorkflowInstance> found = await ReadAsync(connection => LoadInstances.ExecuteAsync(connection, ids, committer.Clock, CancellationToken.None));
        foreach (Work work in works)
            work.Instance = found.GetValueOrDefault(work.Stimulus!.InstanceId);
    }

    private async Task AnswerAsync(List<Work> works, DateTimeOffset now)
    {
        if (!works.Exists(work => work.Asked is not null))
            return;
        await ReadAsync(async connection =>
        {
            await committer.AnswerAsync(connection, works, now);
            return true;
        });
    }

    /// <summary>Reads, again on a new connection when one is lost on the way: a read has nothing to undo.</summary>
    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            NpgsqlConnection connection = await connections.GetPatientlyAsync(Patience, CancellationToken.None);
            try
            {
                return await read(connection);
            }
            catch (NpgsqlException fault) when (attempt < MostAttempts && CommitFailures.Sort(fault, connection) == CommitFailure.Unknown)
            {
                // The connection broke; the next one is opened, with patience, above.
            }
        }
    }
}
