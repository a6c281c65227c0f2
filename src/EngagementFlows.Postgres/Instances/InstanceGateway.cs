using System.Diagnostics;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Inbox;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The way of this process's callers to instances: what a method returns is committed.</summary>
/// <remarks>
/// Safe for use by many threads and with any number of processes on one database. Requests of many callers share commits; requests for one instance go one
/// after the other, a cancellation first.
/// </remarks>
public sealed class InstanceGateway : IAsyncDisposable
{
    private readonly RequestQueue _queue = new();
    private readonly RequestLoop[] _loops;
    private readonly Task[] _running;
    private readonly DatabaseClock _clock;
    private int _open;
    private TaskCompletionSource? _drained;

    internal InstanceGateway(Committer committer, FlowsDatabase database, int committers)
    {
        _clock = committer.Clock;
        _loops = [.. Enumerable.Range(0, committers).Select(_ => new RequestLoop(_queue, committer, new EngineConnection(database.Engine, _clock.Time)))];
        _running = [.. _loops.Select(loop => Task.Run(loop.RunAsync))];
    }

    /// <summary>Runs the stimulus now and returns what became of it, after the commit.</summary>
    /// <param name="stimulus">What happened.</param>
    /// <param name="rider">What must be in the same commit, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the waiting; the stimulus may still be served.</param>
    /// <exception cref="Npgsql.NpgsqlException">The database is away, or cannot store the result.</exception>
    public Task<StimulusResult> SubmitAsync(Stimulus stimulus, RequestRider? rider, CancellationToken cancellationToken) =>
        ServeAsync(new() { Stimulus = stimulus, Rider = rider, Lane = stimulus.InstanceId, Caller = NewCaller(), Cause = Activity.Current?.Context ?? default }, stimulus is CancelRequested, cancellationToken);

    /// <summary>Publishes an event: starts what its triggers start, resumes what waits for it, or keeps it for a wait that may come.</summary>
    /// <param name="published">The event; its id must be new.</param>
    /// <param name="rider">What must be in the same commit, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the waiting; the event may still be served.</param>
    public async Task<EventResult> PublishAsync(EventPublished published, RequestRider? rider, CancellationToken cancellationToken)
    {
        Work work = new() { Event = published, Rider = rider, Lane = published.EventId, Caller = NewCaller(), Cause = Activity.Current?.Context ?? default };
        return (await ServeAsync(work, isFirst: false, cancellationToken)).Event!;
    }

    /// <summary>Stores the stimulus; it is run in the background by any process, at <paramref name="dueAt"/> or at once.</summary>
    /// <returns>Applied, or the reason of a guard that refused.</returns>
    public Task<StimulusResult> EnqueueAsync(Stimulus stimulus, DateTimeOffset? dueAt, RequestRider? rider, CancellationToken cancellationToken)
    {
        Guid id = stimulus is StartRequested ? stimulus.InstanceId : TimeOrderedId.Create(_clock.Now);
        InboxRow row = InboxRow.For(stimulus, id, dueAt ?? _clock.Now);
        // A lane of its own: nothing is run, so it need not wait for the instance's other works.
        return ServeAsync(new() { Enqueued = row, Rider = rider, Lane = TimeOrderedId.Create(_clock.Now), Caller = NewCaller() }, isFirst: false, cancellationToken);
    }

    /// <summary>Serves what was accepted, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _drained = drained;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _open) > 0)
            await drained.Task;
        _queue.Close();
        await Task.WhenAll(_running);
        foreach (RequestLoop loop in _loops)
            await loop.DisposeAsync();
    }

    private static TaskCompletionSource<StimulusResult> NewCaller() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<StimulusResult> ServeAsync(Work work, bool isFirst, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        _ = work.Caller!.Task.ContinueWith(static (_, gateway) => ((InstanceGateway)gateway!).Leave(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (Volatile.Read(ref _drained) is not null)
        {
            work.Caller.TrySetCanceled(CancellationToken.None);
            return await work.Caller.Task;
        }

        _queue.Add(work, isFirst);
        return await work.Caller.Task.WaitAsync(cancellationToken);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            Volatile.Read(ref _drained)?.TrySetResult();
    }
}
