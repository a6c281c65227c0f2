using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Audit;

/// <summary>A person's act as the audit keeps it.</summary>
/// <param name="Chain">The chain: <c>engagement/…</c>, <c>definition/…</c> or <c>administration</c>.</param>
/// <param name="Actor">Who.</param>
/// <param name="Act">What, in the past tense: <c>TaskCompleted</c>.</param>
/// <param name="Subject">On what: <c>task/…</c>, <c>instance/…</c>.</param>
/// <param name="Detail">More, as JSON, or <see langword="null"/>.</param>
public sealed record AuditEntry(string Chain, string Actor, string Act, string Subject, string? Detail)
{
    /// <summary>Gets the chain of acts that belong to no engagement and no definition.</summary>
    public const string Administration = "administration";
}

/// <summary>Appends a person's act to its chain, in the transaction that it describes.</summary>
/// <remarks>Those who append to one chain wait for each other until their transactions end, so a chain has neither a gap nor a fork.</remarks>
public static class AppendAudit
{
    private const string Sql = "select append_audit($1, coalesce($2, now()), $3, $4, $5, $6)";

    /// <summary>Returns the command for a batch.</summary>
    public static NpgsqlBatchCommand Create(AuditEntry entry, DateTimeOffset? now)
    {
        NpgsqlBatchCommand command = new(Sql);
        Bind(command.Parameters, entry, now);
        return command;
    }

    /// <summary>Appends in the caller's transaction.</summary>
    public static async Task ExecuteAsync(NpgsqlTransaction transaction, AuditEntry entry, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        Bind(command.Parameters, entry, now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Bind(NpgsqlParameterCollection parameters, AuditEntry entry, DateTimeOffset? now)
    {
        parameters.AddText(entry.Chain);
        parameters.AddInstant(now);
        parameters.AddText(entry.Actor);
        parameters.AddText(entry.Act);
        parameters.AddText(entry.Subject);
        parameters.AddJson(entry.Detail);
    }
}

/// <summary>Lets an audit entry ride on a stimulus.</summary>
/// <param name="entry">The entry.</param>
public sealed class AuditRider(AuditEntry entry) : RequestRider
{
    /// <inheritdoc/>
    public override void Gather(RiderRows rows, RiderContext context) => rows.Acts.Add(entry);
}
