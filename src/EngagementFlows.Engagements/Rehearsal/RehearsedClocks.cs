using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The clocks of a rehearsal, kept by the rules of the real store.</summary>
public sealed class RehearsedClocks
{
    private readonly List<Clock> _clocks = [];

    /// <summary>Gets the clocks in the order in which they were started.</summary>
    public IReadOnlyList<Clock> All => _clocks;

    /// <summary>Takes over an effect that concerns clocks.</summary>
    public void Take(Guid instanceId, Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case ClockStarted started:
                _clocks.Add(started.Clock);
                break;
            case ClockStopped stopped when _clocks.FindIndex(clock => clock.Id == stopped.Clock.Id && clock.State == ClockState.Running) is >= 0 and var at:
                _clocks[at] = stopped.Clock;
                break;
            case InstanceEnded:
                for (int i = 0; i < _clocks.Count; i++)
                {
                    if (_clocks[i] is { State: ClockState.Running } running && running.InstanceId == instanceId)
                        _clocks[i] = running with { State = ClockState.Closed, StoppedAt = now };
                }

                break;
            default:
                break;
        }
    }
}
