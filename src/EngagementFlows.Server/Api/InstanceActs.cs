using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
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

    /// <summary>Starts an instance under the name of who asks for it; a repetition under the same key is refused by it.</summary>
    public static Task<StimulusResult> StartAsync(
        FlowsEngine engine, StartRequested start, IdempotencyKey? key, Func<StimulusResult, ApiAnswer> answer, CurrentPerson caller, CancellationToken cancellationToken) =>
        engine.Gateway.SubmitAsync(start, Rider(key, answer, caller, "InstanceStarted", start.CorrelationId, start.DefinitionId, start.InstanceId, detail: null), cancellationToken);

    /// <summary>Returns what goes into the commit with the act: the answer under its key, and the audit entry under the name of the person or the key.</summary>
    public static RequestRider Rider(
        IdempotencyKey? key, Func<StimulusResult, ApiAnswer> answer, CurrentPerson caller, string act, string? correlationId, string definitionId, Guid instanceId, object? detail)
    {
        RequestRider audit = Audit(caller, act, correlationId, definitionId, $"instance/{instanceId:D}", detail);
        return RepeatedRequests.RiderFor(key, answer) is { } kept ? RequestRider.All(kept, audit) : audit;
    }

    /// <summary>Returns the audit entry of an act on an instance, in the chain of its engagement or else of its definition; it is written only if something was done.</summary>
    public static RequestRider Audit(CurrentPerson caller, string act, string? correlationId, string definitionId, string subject, object? detail)
    {
        // In our own flows the business key is the engagement.
        string chain = Guid.TryParse(correlationId, out Guid engagement) ? $"engagement/{engagement:D}" : $"definition/{definitionId}";
        return new OnlyIfApplied(new AuditRider(new AuditEntry(chain, caller.Caller, act, subject, detail is null ? null : JsonSerializer.Serialize(detail))));
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
