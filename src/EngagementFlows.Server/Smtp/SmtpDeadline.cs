namespace EngagementFlows.Server.Smtp;

/// <summary>The one clock of a connection: everything that waits does so under <see cref="Token"/>, armed for what is under way.</summary>
/// <remarks>A deadline holds from arming, however many bytes drip in meanwhile. Once it has passed the connection is of no more use,
/// so one token serves for the connection's whole life.</remarks>
internal sealed class SmtpDeadline(TimeProvider clock) : IDisposable
{
    // A constructor is the only way to a source that follows another clock; later calls of CancelAfter follow it too.
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, clock);

    public TimeProvider Clock => clock;

    /// <summary>Gets the token that ends what waits.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gets whether the end came from outside (the process stops) and not from the clock.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Gets the time given when last armed.</summary>
    public TimeSpan Given { get; private set; }

    public void Arm(TimeSpan time)
    {
        Given = time;
        _source.CancelAfter(time);
    }

    public void Disarm() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends what is under way because it has become pointless.</summary>
    public void Expire() => _source.Cancel();

    /// <summary>Ends what is under way because the process stops, after <paramref name="grace"/>.</summary>
    public void Stop(TimeSpan grace)
    {
        WasStopped = true;
        if (grace == TimeSpan.Zero)
            _source.Cancel();
        else
            _source.CancelAfter(grace);
    }

    public void Dispose() => _source.Dispose();
}
