using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>What a person decides about an outside call of which nobody knows whether it happened; a closed set.</summary>
public abstract record CallDecision
{
    private CallDecision()
    {
    }

    /// <summary>It happened: the flow goes on as if this answer, without a body, had come.</summary>
    /// <param name="Status">The status of the answer, 200 to 599.</param>
    public sealed record Happened(int Status) : CallDecision;

    /// <summary>It did not happen, and is not to: the flow goes on as after a call without connection.</summary>
    public sealed record LetBe : CallDecision;

    /// <summary>It is made again, whatever the other side may have done.</summary>
    public sealed record CallAgain : CallDecision;
}

/// <summary>Records what a person decided about an uncertain outside call: the outbox, the instance's resumption and the audit entry in one commit.</summary>
/// <remarks>Race-safe: the decision holds for the attempt that the person saw. One who decides after another, or about an attempt that is over, decides nothing.</remarks>
public sealed class SettleCall(NpgsqlDataSource dataSource, CommitSignals signals, DatabaseClock clock)
{
    // A call of an instance that has ended is never made again, but it may be noted what became of it.
    private const string Sql = """
        with settled as (
          update outbox o
          set state = $4,
              ended_at = case when $4 <> 'pending' then coalesce($8, now()) end,
              due_at = case when $4 = 'pending' then coalesce($8, now()) else o.due_at end,
              answer = $5, failing_since = null
          from instance i
          where o.id = $2 and o.instance_id = $1 and o.kind = 'http' and o.attempt = $3 and o.state = 'uncertain'
            and i.id = o.instance_id and (i.finished_at is null or $4 <> 'pending')
          returning o.effect_key, o.payload, i.finished_at is null as is_live,
            case when i.correlation_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then 'engagement/' || i.correlation_id else 'definition/' || i.definition_id end as chain
        )
        select effect_key, payload, is_live, append_audit(chain, coalesce($8, now()), $6, 'CallSettled', 'call/' || $2, $7)
        from settled
        """;

    /// <summary>Settles a call; returns whether it still stood as the person saw it.</summary>
    /// <param name="instance">The instance that waits for it.</param>
    /// <param name="call">The call.</param>
    /// <param name="attempt">The number of its last attempt, as the person saw it.</param>
    /// <param name="decision">What he decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who, for the audit.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<bool> ExecuteAsync(Guid instance, Guid call, int attempt, CallDecision decision, string reason, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await SettleAsync(transaction, instance, call, attempt, decision, reason, by, cancellationToken) is not { } settled)
            return false;
        PlainObject? input = settled.IsLive ? InputOf(decision, reason) : null;
        if (input is not null)
            await ResumeAsync(transaction, new BookmarkResumed(instance, settled.Call.BookmarkId, input), call, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (input is not null)
            signals.InboxDue(clock.Now);
        if (decision is CallDecision.CallAgain)
            signals.OutboxDue();
        return true;
    }

    private async Task<(HttpCallRequested Call, bool IsLive)?> SettleAsync(
        NpgsqlTransaction transaction, Guid instance, Guid call, int attempt, CallDecision decision, string reason, string by, CancellationToken cancellationToken)
    {
        (string state, string answer, object detail) = decision switch
        {
            CallDecision.Happened happened => ("accepted", happened.Status.ToString(CultureInfo.InvariantCulture), (object)new { decision = "Happened", status = happened.Status, attempt, reason }),
            CallDecision.LetBe => ("rejected", reason, new { decision = "LetBe", attempt, reason }),
            CallDecision.CallAgain => ("pending", reason, new { decision = "CallAgain", attempt, reason }),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a call cannot be settled as '{decision.GetType()}'."),
        };
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(instance);
        command.Parameters.AddUuid(call);
        command.Parameters.AddInteger(attempt);
        command.Parameters.AddText(state);
        command.Parameters.AddText(answer);
        command.Parameters.AddText(by);
        command.Parameters.AddJson(JsonSerializer.Serialize(detail));
        command.Parameters.AddInstant(clock.ForStatements);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (HttpCallJson.Read(reader.GetString(0), reader.GetString(1)), reader.GetBoolean(2)) : null;
    }

    private async Task ResumeAsync(NpgsqlTransaction transaction, BookmarkResumed resumed, Guid call, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        // The id that the lost answer would have had: there is one result per call.
        batch.BatchCommands.Add(InsertInboxRows.Create([InboxRow.For(resumed, TimeOrderedId.Derive(call, "result"), now)], now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static PlainObject? InputOf(CallDecision decision, string reason) => decision switch
    {
        CallDecision.Happened happened => HttpProtocol.Answered(happened.Status, new PlainObject(), null, []),
        CallDecision.LetBe => HttpProtocol.Failed(HttpCallFailure.Connect, reason),
        _ => null,
    };
}
