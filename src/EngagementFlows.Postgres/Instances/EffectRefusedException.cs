namespace EngagementFlows.Postgres.Instances;

/// <summary>Says that what an activity wants cannot be written, in a way that a person can mend: run again, the activity becomes an incident.</summary>
/// <param name="executionId">The activity execution.</param>
/// <param name="message">Why, for the incident.</param>
/// <param name="cause">The cause.</param>
public sealed class EffectRefusedException(Guid executionId, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Gets the activity execution.</summary>
    public Guid ExecutionId => executionId;
}
