namespace EngagementFlows.Server.Smtp;

/// <summary>Counts messages within the last 60 minutes against a limit (<see langword="null"/> = none). No I/O.</summary>
internal sealed class HourlyBudget(int? limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock guard = new();
    private readonly LinkedList<TimeSpan> taken = [];

    /// <summary>Takes one message from the budget, or tells in how long there will be one.</summary>
    public bool TryTake(TimeSpan now, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (limit is null)
            return true;

        lock (guard)
        {
            while (taken.First is { } oldest && now - oldest.Value >= Window)
                taken.RemoveFirst();
            if (taken.Count >= limit)
            {
                wait = taken.First!.Value + Window - now;
                return false;
            }

            taken.AddLast(now);
            return true;
        }
    }

    /// <summary>Gives back what was taken last and not used: the server was told nothing of it.</summary>
    public void GiveBack()
    {
        lock (guard)
        {
            if (taken.Count > 0)
                taken.RemoveLast();
        }
    }
}
