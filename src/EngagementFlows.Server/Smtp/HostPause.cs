namespace EngagementFlows.Server.Smtp;

/// <summary>How long no new connection is tried after one could not be made: 1 s, doubled with each failure, at most 5 min. No I/O.</summary>
/// <remarks>A thousand mails waiting behind a wrong password would otherwise be a thousand failed sign-ins, and a locked account.</remarks>
internal sealed class HostPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _guard = new();
    private int _failures;
    private TimeSpan? _lastFailure;
    private TimeSpan _until;
    private string _reason = "";

    /// <summary>Returns what is left of the pause and why there is one; <see langword="null"/> = connect.</summary>
    public (TimeSpan Left, string Reason)? Current(TimeSpan now)
    {
        lock (_guard)
            return now < _until ? (_until - now, _reason) : null;
    }

    /// <summary>Records a failed connection and returns the pause; connections tried side by side count once.</summary>
    public TimeSpan Failed(TimeSpan triedAt, TimeSpan now, string why)
    {
        lock (_guard)
        {
            if (_lastFailure is not { } last || triedAt >= last)
                _failures++;
            _lastFailure = now;
            _reason = why;
            TimeSpan pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures - 1, 16)));
            pause = pause < Longest ? pause : Longest;
            _until = now + pause;
            return pause;
        }
    }

    public void Succeeded()
    {
        lock (_guard)
        {
            _failures = 0;
            _lastFailure = null;
            _until = TimeSpan.Zero;
        }
    }
}
