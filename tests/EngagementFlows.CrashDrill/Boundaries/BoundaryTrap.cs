namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>Counts the boundaries that a server crosses and kills it at the one that is wanted.</summary>
/// <remarks>Safe for use by many connections. Who crosses the wanted boundary returns only when the process is gone.</remarks>
internal sealed class BoundaryTrap(Action kill)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<string>? _sprung;
    private bool _isCounting;
    private int _count;
    private int _wanted;

    /// <summary>Counts from one and kills at boundary <paramref name="wanted"/>; the task tells its name when it has happened.</summary>
    public Task<string> Arm(int wanted)
    {
        lock (_lock)
        {
            _isCounting = true;
            _count = 0;
            _wanted = wanted;
            _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sprung.Task;
        }
    }

    /// <summary>Stops counting and returns how many boundaries were crossed.</summary>
    public int Disarm()
    {
        lock (_lock)
        {
            _isCounting = false;
            return _count;
        }
    }

    /// <summary>Crosses a boundary; false if the server was killed there, and nothing may be passed on to or from it.</summary>
    public bool Cross(string name)
    {
        lock (_lock)
        {
            if (!_isCounting || ++_count != _wanted)
                return true;
            _isCounting = false;
            kill();
            _sprung!.TrySetResult(name);
            return false;
        }
    }
}
