namespace EngagementFlows.Server.Smtp;

/// <summary>Counts messages within the last 60 minutes against a limit (<see langword="null"/> = none). No I/O.</summary>
internal sealed class HourlyBudget(int? limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _guard = new();
    private readonly LinkedList<TimeSpan> _taken = [];

    /// <summary>Takes one message from the budget, or tells in how long there will be one.</summary>
    public bool TryTake(TimeSpan now, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (limit is null)
            return true;

        lock (_guard)
        {
            while (_taken.First is { } oldest && now - oldest.Value >= Window)
                _taken.RemoveFirst();
            if (_taken.Count >= limit)
            {
                wait = _taken.First!.Value + Window - now;
                return false;
            }

            _taken.AddLast(now);
            return true;
        }
    }

    /// <summary>Gives back what was taken last and not used: the server was told nothing of it.</summary>
    public void GiveBack()
    {
        lock (_guard)
        {
            if (_taken.Count > 0)
                _taken.RemoveLast();
        }
    }
}
