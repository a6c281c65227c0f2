using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Server.Backups;

/// <summary>What a person may decide about work that a restore held.</summary>
internal enum HeldDecision
{
    /// <summary>Mails and calls go out now.</summary>
    Send,

    /// <summary>Mails were sent by the former life already.</summary>
    MarkSent,

    /// <summary>Timers, other facts and schedules go on.</summary>
    ReleaseFacts,
}

/// <summary>Carries out what people decide about held work, each decision in one transaction with its audit entry.</summary>
internal sealed class HeldDesk(FlowsDatabase database, FlowsEngine engine)
{
    /// <summary>Decides; returns how many were held. Nothing held is no act and is not audited.</summary>
    /// <param name="decision">What is decided.</param>
    /// <param name="ids">The effects; <see langword="null"/> = all. Facts are released all together.</param>
    /// <param name="actor">Who, for the audit.</param>
    /// <param name="cancellationToken">Ends it before its commit.</param>
    public Task<long> DecideAsync(HeldDecision decision, IReadOnlyList<Guid>? ids, string actor, CancellationToken cancellationToken) =>
        DecideAsync(decision, ids, actor, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Decides, and commits with it what is given how many were held.</summary>
    public async Task<long> DecideAsync(
        HeldDecision decision, IReadOnlyList<Guid>? ids, string actor, Func<NpgsqlTransaction, long, Task> alsoCommit, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        (long count, string act) = decision switch
        {
            HeldDecision.Send => (await ReleaseHeldEffects.SendAsync(transaction, ids, null, cancellationToken), "HeldEffectsReleased"),
            HeldDecision.MarkSent => (await ReleaseHeldEffects.MarkSentAsync(transaction, ids, null, cancellationToken), "HeldMailsMarkedSent"),
            HeldDecision.ReleaseFacts => (await ReleaseHeldFacts.ExecuteAsync(transaction, cancellationToken), "HeldFactsReleased"),
            _ => throw new InvalidOperationException($"EngagementFlows bug: nobody can decide '{decision}'."),
        };
        if (count == 0)
            return 0;
        string subject = ids is [var single] ? $"effect/{single:D}" : "held";
        await AppendAudit.ExecuteAsync(
            transaction, new(AuditEntry.Administration, actor, act, subject, JsonSerializer.Serialize(new { count, ids })), null, cancellationToken);
        await alsoCommit(transaction, count);
        await transaction.CommitAsync(CancellationToken.None);
        engine.Signals.HeldReleased();
        return count;
    }
}
