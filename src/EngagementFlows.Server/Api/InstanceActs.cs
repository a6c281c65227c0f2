using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>What acts on instances have in common.</summary>
internal static class InstanceActs
{
    /// <summary>Gets the states of instances in their one spelling.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<InstanceStatus>().Select(Name)];

    public static string Name(InstanceStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Returns what goes into the commit with the act: the answer under its key, and the audit entry if a person acts.</summary>
    public static RequestRider? Rider(
        IdempotencyKey? key, Func<StimulusResult, ApiAnswer> answer, CurrentPerson person, string act, string? correlationId, Guid instanceId)
    {
        RequestRider? kept = RepeatedRequests.RiderFor(key, answer);
        // Programs are known by their keys; a chain of all that they start would make them wait for each other.
        if (person.IsProgram)
            return kept;
        // In our own flows the business key is the engagement.
        string chain = Guid.TryParse(correlationId, out Guid engagement) ? $"engagement/{engagement:D}" : AuditEntry.Administration;
        AuditRider audit = new(new AuditEntry(chain, person.Caller, act, $"instance/{instanceId:D}", Detail: null));
        return kept is null ? audit : RequestRider.All(kept, audit);
    }

    public static ApiAnswer Ok(StimulusResult result) => ApiAnswer.Of(StatusCodes.Status200OK, Summary(result.Instance!));

    /// <summary>Refuses an act on an instance that has moved since the caller saw it; <see langword="null"/> if it has not, or he did not say.</summary>
    public static ProblemHttpResult? IsStale(WorkflowInstance instance, long? seen) => seen is null || seen == instance.Revision
        ? null
        : Refusal.Conflict($"Instance '{instance.Id}' has revision '{instance.Revision}', and you saw '{seen}': it has moved since. Look at it again and decide anew.");

    public static InstanceSummary Summary(WorkflowInstance instance) => new(
        instance.Id,
        instance.DefinitionId,
        instance.DefinitionVersionId,
        instance.Version,
        Name(instance.Status),
        instance.CorrelationId,
        instance.Name,
        instance.ParentInstanceId,
        instance.Revision,
        instance.CreatedAt,
        instance.UpdatedAt,
        instance.FinishedAt,
        instance.IsStalled,
        instance.OpenIncidents);
}
