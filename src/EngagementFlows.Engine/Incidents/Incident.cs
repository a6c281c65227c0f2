namespace EngagementFlows.Engine.Incidents;

/// <summary>A failure that waits for a person.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/> if the failure lies on the run itself.</param>
/// <param name="ActivityType">The activity's type, or <see langword="null"/>.</param>
/// <param name="ExecutionId">The activity execution, or <see langword="null"/>.</param>
/// <param name="Message">What failed, as a sentence.</param>
/// <param name="Innermost">Message of the innermost cause; equals <paramref name="Message"/> where there is none.</param>
/// <param name="Expression">The expression's text that failed, or <see langword="null"/>.</param>
/// <param name="Line">Line in that expression, from 1; 0 if none.</param>
/// <param name="Value">The value found, as JSON, shortened; or <see langword="null"/>.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Attempt">How many times the activity execution has failed so far, from 1.</param>
public sealed record Incident(
    Guid Id,
    Guid InstanceId,
    string? ActivityId,
    string? ActivityType,
    Guid? ExecutionId,
    string Message,
    string Innermost,
    string? Expression,
    int Line,
    string? Value,
    DateTimeOffset OpenedAt,
    int Attempt);

/// <summary>How an incident ended.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Resolution"><c>retried</c>, <c>skipped</c>, <c>cancelled</c> (with its instance or branch).</param>
/// <param name="Reason">Why, or <see langword="null"/>.</param>
/// <param name="By">Who, or <see langword="null"/> for the engine.</param>
public sealed record IncidentResolution(Guid IncidentId, string Resolution, string? Reason, string? By);
