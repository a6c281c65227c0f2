using System.Threading.Channels;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Works of this process that wait for a committer; those of one instance go one after the other.</summary>
/// <remarks>Safe for use by many threads. Only keeps commits from overtaking each other within the process; between processes the revision guards.</remarks>
internal sealed class RequestQueue
{
    private readonly Channel<Work> _ready = Channel.CreateUnbounded<Work>();
    private readonly Dictionary<Guid, LinkedList<Work>?> _lanes = [];
    private readonly Lock _lock = new();

    /// <summary>Adds a work; it becomes ready when those of the same lane before it are done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isFirst">Whether it goes before those that wait: a cancellation wins.</param>
    public void Add(Work work, bool isFirst)
    {
        lock (_lock)
        {
            if (_lanes.TryGetValue(work.Lane, out LinkedList<Work>? waiting))
            {
                waiting ??= _lanes[work.Lane] = new();
                if (isFirst)
                    waiting.AddFirst(work);
                else
                    waiting.AddLast(work);
                return;
            }

            _lanes.Add(work.Lane, null);
        }

        _ready.Writer.TryWrite(work);
    }

    /// <summary>Takes a lane for a work that is already out of the queue; false if another work has it.</summary>
    public bool TryTakeLane(Guid lane)
    {
        lock (_lock)
            return _lanes.TryAdd(lane, null);
    }

    /// <summary>Gives a lane free for the next work in it.</summary>
    public void Release(Guid lane)
    {
        Work next;
        lock (_lock)
        {
            if (!_lanes.TryGetValue(lane, out LinkedList<Work>? waiting) || waiting is null || waiting.Count == 0)
            {
                _lanes.Remove(lane);
                return;
            }

            next = waiting.First!.Value;
            waiting.RemoveFirst();
        }

        _ready.Writer.TryWrite(next);
    }

    /// <summary>Waits until works are ready, then takes all there are, up to a limit; empty when the queue is closed and drained.</summary>
    public async ValueTask<List<Work>> TakeAsync(int limit, CancellationToken cancellationToken)
    {
        List<Work> taken = [];
        while (taken.Count == 0 && await _ready.Reader.WaitToReadAsync(cancellationToken))
        {
            while (taken.Count < limit && _ready.Reader.TryRead(out Work? work))
                taken.Add(work);
        }

        return taken;
    }

    /// <summary>Lets the committers end when all that waits is done.</summary>
    public void Close() => _ready.Writer.TryComplete();
}
