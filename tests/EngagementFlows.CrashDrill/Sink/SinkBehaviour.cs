namespace EngagementFlows.CrashDrill.Sink;

/// <summary>The mode of the sink and its chance; safe for use by many conversations.</summary>
internal sealed class SinkBehaviour(Chance chance)
{
    private readonly Lock _lock = new();
    private SinkMode _mode;
    private int _percent;

    /// <summary>Changes the mode; it meets <paramref name="percent"/> of the messages from now on.</summary>
    public void Set(SinkMode mode, int percent)
    {
        lock (_lock)
            (_mode, _percent) = (mode, percent);
    }

    /// <summary>Decides about the next message.</summary>
    public SinkMode OfNextMessage()
    {
        lock (_lock)
            return _mode != SinkMode.Honest && chance.Percent(_percent) ? _mode : SinkMode.Honest;
    }

    /// <summary>Returns a whole number below <paramref name="below"/>.</summary>
    public int Draw(int below)
    {
        lock (_lock)
            return chance.Next(0, below);
    }
}
