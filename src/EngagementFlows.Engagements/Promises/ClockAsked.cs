using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Promises;

/// <summary>Asks for a clock: by its id, else the one of a name that an instance started last. The answer is <see langword="null"/> if there is none.</summary>
/// <param name="InstanceId">The instance that asks.</param>
/// <param name="EngagementId">Its engagement; a clock of another one is not found.</param>
/// <param name="Name">The clock's name.</param>
/// <param name="ClockId">The clock's id, or <see langword="null"/>.</param>
public sealed record ClockAsked(Guid InstanceId, Guid EngagementId, string Name, Guid? ClockId) : Question<Clock?>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        for (int i = effects.Count - 1; i >= 0; i--)
        {
            Clock? clock = effects[i] switch { ClockStarted started => started.Clock, ClockStopped stopped => stopped.Clock, _ => null };
            if (clock is not null && Means(clock))
            {
                answer = clock;
                return true;
            }
        }

        answer = null;
        return false;
    }

    private bool Means(Clock clock) => clock.EngagementId == EngagementId && (ClockId is { } id ? clock.Id == id : clock.InstanceId == InstanceId && clock.Name == Name);
}
