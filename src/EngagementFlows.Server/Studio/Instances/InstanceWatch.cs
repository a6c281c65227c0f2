using System.Collections.Concurrent;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.SignalR;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Tells those who watch instances when one has moved, whichever process moved it: it asks the database for the revisions of all that are watched here, in one question.</summary>
/// <remarks>
/// Nothing is asked while nobody watches. A connection lives no longer than the session or key that opened it, as far as <see cref="SessionPace"/> is fine; what is sent is asked
/// about anew for each viewer, since an instance may be closed to him by now. Nothing is promised: the Studio looks by itself when it opens, and after each message.
/// </remarks>
internal sealed partial class InstanceWatch(
    FlowsDatabase database, InstanceHistories histories, Confidentiality confidentiality, SessionCheck sessions, IHubContext<InstanceHub> hub, TimeProvider time, ILogger<InstanceWatch> logger)
    : BackgroundService
{
    /// <summary>The most connections of one person or key on this process: some browser tabs, with three each.</summary>
    public const int MostOfOne = 30;

    /// <summary>The most connections of all on this process.</summary>
    public const int MostOfAll = 2_000;

    /// <summary>How often revisions are asked for.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>How long nothing is told after a viewer has begun to watch: the Studio asks first and attaches its ears afterwards.</summary>
    public static readonly TimeSpan Hush = TimeSpan.FromSeconds(1);

    /// <summary>How long after a telling the viewer is made to paint once more: the Studio's journal fetches its new lines and shows them only when the page around it is painted next.</summary>
    public static readonly TimeSpan Drying = TimeSpan.FromSeconds(1);

    /// <summary>How long after a telling that failed it is tried again.</summary>
    public static readonly TimeSpan Respite = TimeSpan.FromSeconds(2);

    /// <summary>How often sessions are asked about.</summary>
    public static readonly TimeSpan SessionPace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly Lock _door = new();
    private TaskCompletionSource _somebody = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets a connection in; false if there are too many.</summary>
    public bool Enter(HubCallerContext context)
    {
        CurrentPerson caller = CurrentPerson.Of(context.User!);
        lock (_door)
        {
            if (_connections.Count >= MostOfAll || _connections.Values.Count(other => other.Caller.Caller == caller.Caller) >= MostOfOne)
                return false;
            _connections[context.ConnectionId] = new(context, caller);
            _somebody.TrySetResult();
            return true;
        }
    }

    /// <summary>Forgets a connection.</summary>
    public void Leave(string connectionId) => _connections.TryRemove(connectionId, out _);

    /// <summary>Watches an instance for a connection. How it stands is told once after <see cref="Hush"/>, since it may have moved after the viewer looked; from then on, what moves.</summary>
    public void Observe(string connectionId, Guid instanceId)
    {
        if (_connections.TryGetValue(connectionId, out Connection? connection))
            connection.Watched = new(instanceId, Watched.NothingTold, time.GetUtcNow() + Hush);
    }

    /// <summary>Looks once at all that is watched and tells what has moved; returns how many messages were due.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Connection[] watching = [.. _connections.Values.Where(connection => connection.Watched is { } watched && watched.From <= now)];
        if (watching.Length == 0)
            return 0;
        IReadOnlyDictionary<Guid, long> revisions = await ReadRevisions.ExecuteAsync(
            database.Queries, [.. watching.Select(connection => connection.Watched!.Instance).Distinct()], cancellationToken);
        int told = 0;
        foreach (IGrouping<Guid, Connection> viewers in watching.GroupBy(connection => connection.Watched!.Instance))
        {
            if (!revisions.TryGetValue(viewers.Key, out long revision))
                continue;
            foreach (Connection viewer in viewers)
            {
                Watched seen = viewer.Watched!;
                bool isDue = seen.Instance == viewers.Key && seen.From <= now && (seen.Revision < revision || seen.PaintAt <= now);
                if (isDue && await TryTellAsync(viewer, seen, revision, now, cancellationToken))
                    told++;
            }
        }

        return told;
    }

    /// <summary>Cuts the connections whose session or key is gone.</summary>
    public async Task CheckSessionsAsync(CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Connection> group in _connections.Values.GroupBy(connection => connection.Session))
        {
            if (await sessions.StandsAsync(group.First().Context.User!, cancellationToken))
                continue;
            foreach (Connection connection in group)
                connection.Context.Abort();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset checkedAt = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SomebodyAsync(stoppingToken);
                await LookAsync(stoppingToken);
                if (time.GetUtcNow() - checkedAt >= SessionPace)
                {
                    checkedAt = time.GetUtcNow();
                    await CheckSessionsAsync(stoppingToken);
                }

                await Task.Delay(Pace, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails at one look (the database is away, a history cannot be read), the next may succeed; watchers still have the Studio's own looks.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.LookFailed(logger, fault);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What cannot be told now (the database is away, a history cannot be read) is told later, and holds up no other viewer. Who turned to another instance meanwhile is not turned back.
    private async Task<bool> TryTellAsync(Connection viewer, Watched seen, long revision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool hasMoved = seen.Revision < revision;
        try
        {
            bool isOpen = await confidentiality.IsOpenAsync(viewer.Caller, [seen.Instance], cancellationToken);
            if (isOpen && hasMoved)
                await TellAsync(viewer, seen.Instance, seen.Revision, cancellationToken);
            else if (isOpen)
                await PaintAsync(viewer, seen.Instance, cancellationToken);
            viewer.TryNote(seen, seen with { Revision = revision, PaintAt = hasMoved ? now + Drying : null });
            return isOpen;
        }
#pragma warning disable CA1031 // As for a whole look.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, seen.Instance, fault);
            viewer.TryNote(seen, seen with { From = now + Respite });
            return false;
        }
    }

    private async Task TellAsync(Connection viewer, Guid instance, long after, CancellationToken cancellationToken)
    {
        if (await histories.ReadAsync(instance, cancellationToken) is not { } history)
            return;
        HashSet<string> moved = [.. history.Lines.Where(line => line.Revision > after && line.Run is not null).Select(line => line.Run!.NodeId).Where(node => !DrawnActivity.IsRoot(node))];
        IClientProxy client = hub.Clients.Client(viewer.Context.ConnectionId);
        if (moved.Count > 0)
            await client.SendAsync("ActivityExecutionLogUpdatedAsync", new StudioStats(ExecutionEndpoints.Stats(history, moved)), cancellationToken);
        await client.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, cancellationToken);
        await PaintAsync(viewer, instance, cancellationToken);
    }

    private Task PaintAsync(Connection viewer, Guid instance, CancellationToken cancellationToken) =>
        hub.Clients.Client(viewer.Context.ConnectionId).SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instance.ToString("D") }, cancellationToken);

    private Task SomebodyAsync(CancellationToken cancellationToken)
    {
        lock (_door)
        {
            if (!_connections.IsEmpty)
                return Task.CompletedTask;
            if (_somebody.Task.IsCompleted)
                _somebody = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _somebody.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Connection(HubCallerContext context, CurrentPerson caller)
    {
        private Watched? _watched;

        public HubCallerContext Context { get; } = context;

        public CurrentPerson Caller { get; } = caller;

        /// <summary>Gets what connections of one session share.</summary>
        public string Session { get; } = SessionCheck.KeyOf(context.User!);

        public Watched? Watched
        {
            get => Volatile.Read(ref _watched);
            set => Volatile.Write(ref _watched, value);
        }

        public bool TryNote(Watched seen, Watched next) => Interlocked.CompareExchange(ref _watched, next, seen) == seen;
    }

    /// <param name="Instance">What is watched.</param>
    /// <param name="Revision">The revision that was told last.</param>
    /// <param name="From">From when on the viewer hears.</param>
    /// <param name="PaintAt">When he is made to paint once more; null when he has been.</param>
    private sealed record Watched(Guid Instance, long Revision, DateTimeOffset From, DateTimeOffset? PaintAt = null)
    {
        public const long NothingTold = -1;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A look at the instances that are watched failed; it is repeated.")]
        public static partial void LookFailed(ILogger logger, Exception fault);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A viewer of instance {Instance} could not be told what moved; it is tried again.")]
        public static partial void NotTold(ILogger logger, Guid instance, Exception fault);
    }
}
