using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Does one of many acts, in a transaction of its own.</summary>
internal sealed class BulkActs(FlowsDatabase database, FlowsEngine engine)
{
    private const int MostIncidents = 100;

    /// <summary>Does it; what refuses or breaks it becomes its result.</summary>
    public async Task<BulkItem> ActAsync(
        BulkAct act, SelectedInstance instance, string? reason, IdempotencyKey? key, CurrentPerson caller, CancellationToken cancellationToken)
    {
        try
        {
            return act switch
            {
                BulkAct.Cancel => await SubmitAsync(
                    new CancelRequested(instance.Id, reason, caller.Name), "InstanceCancelled", new { reason }, instance, KeyOf(key, instance.Id), caller, cancellationToken),
                BulkAct.Retry => await RetryAsync(instance, reason, key, caller, cancellationToken),
                BulkAct.Delete => await DeleteAsync(instance, reason, caller, cancellationToken),
                _ => throw new InvalidOperationException($"EngagementFlows bug: nobody can do '{act}'."),
            };
        }
        catch (PostgresException fault) when (!fault.IsTransient)
        {
            return new(instance.Id, BulkOutcome.Failed, "The server could not store the result; its log says more.");
        }
    }

    private async Task<BulkItem> RetryAsync(SelectedInstance instance, string? reason, IdempotencyKey? key, CurrentPerson caller, CancellationToken cancellationToken)
    {
        Page<IncidentSummary> open = await ListIncidents.ExecuteAsync(database.Queries, instance.Id, onlyOpen: true, definitionId: null, after: null, MostIncidents, cancellationToken, caller.Viewer);
        BulkItem item = new(instance.Id, BulkOutcome.Skipped, "It has no open incident any more.");
        foreach (IncidentSummary incident in open.Items)
        {
            item = await SubmitAsync(
                new IncidentRetried(instance.Id, incident.Id, null, caller.Name) { Reason = reason }, "IncidentRetried", new { incident = incident.Id, activity = incident.ActivityId, reason },
                instance, KeyOf(key, incident.Id), caller, cancellationToken);
        }

        return item;
    }

    private async Task<BulkItem> SubmitAsync(
        Stimulus stimulus, string name, object detail, SelectedInstance instance, IdempotencyKey? key, CurrentPerson caller, CancellationToken cancellationToken)
    {
        RequestRider rider = InstanceActs.Rider(key, InstanceActs.Ok, caller, name, instance.CorrelationId, instance.DefinitionId, instance.Id, detail);
        StimulusResult result = await engine.Gateway.SubmitAsync(stimulus, rider, cancellationToken);
        // The same request has done it before it broke off.
        if (result is { Kind: TransitionKind.Applied, RefusedBy: null } || result.RefusedBy == IdempotencyRider.Repeated)
            return new(instance.Id, BulkOutcome.Done, null);
        return new(instance.Id, BulkOutcome.Skipped, result.Message ?? result.RefusedBy ?? "It was not in a state for this any more.");
    }

    private async Task<BulkItem> DeleteAsync(SelectedInstance instance, string? reason, CurrentPerson caller, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await DeleteInstance.ExecuteAsync(transaction, instance.Id, cancellationToken))
            return new(instance.Id, BulkOutcome.Skipped, "It is not there any more.");
        AuditEntry entry = new(
            $"definition/{instance.DefinitionId}", caller.Caller, "InstanceDeleted", $"instance/{instance.Id:D}", System.Text.Json.JsonSerializer.Serialize(new { reason }));
        await AppendAudit.ExecuteAsync(transaction, entry, now: null, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new(instance.Id, BulkOutcome.Done, null);
    }

    // A repetition of a request that broke off does not do the single acts again.
    private static IdempotencyKey? KeyOf(IdempotencyKey? key, Guid id) =>
        key is null ? null : new(key.Caller, $"{key.Key}/{id:N}", SHA256.HashData(Encoding.UTF8.GetBytes(Convert.ToHexString(key.RequestHash) + id)));
}
