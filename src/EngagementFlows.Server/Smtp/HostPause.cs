namespace EngagementFlows.Server.Smtp;

/// <summary>How long no new connection is tried after one could not be made: 1 s, doubled with each failure, at most 5 min. No I/O.</summary>
/// <remarks>A thousand mails waiting behind a wrong password would otherwise be a thousand failed sign-ins, and a locked account.</remarks>
internal sealed class HostPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock guard = new();
    private int failures;
    private TimeSpan? lastFailure;
    private TimeSpan until;
    private string reason = "";

    /// <summary>Returns what is left of the pause and why there is one; <see langword="null"/> = connect.</summary>
    public (TimeSpan Left, string Reason)? Current(TimeSpan now)
    {
        lock (guard)
            return now < until ? (until - now, reason) : null;
    }

    /// <summary>Records a failed connection and returns the pause; connections tried side by side count once.</summary>
    public TimeSpan Failed(TimeSpan triedAt, TimeSpan now, string why)
    {
        lock (guard)
        {
            if (lastFailure is not { } last || triedAt >= last)
                failures++;
            lastFailure = now;
            reason = why;
            TimeSpan pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 16)));
            pause = pause < Longest ? pause : Longest;
            until = now + pause;
            return pause;
        }
    }

    public void Succeeded()
    {
        lock (guard)
        {
            failures = 0;
            lastFailure = null;
            until = TimeSpan.Zero;
        }
    }
}
