using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Opens an engagement of the firm with itself in the caller's transaction; the firm becomes its own client with the first.</summary>
public static class OpenInternalEngagement
{
    // Two who open the first one at once, or a file for one person twice, follow each other.
    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended('internal engagements', 8))";

    // Nobody is written to there: RFC 2606 keeps the address from ever being one.
    private const string FirmSql = """
        with made as (
          insert into client (id, external_id, name, tier, is_internal, created_at, updated_at)
          select $1::uuid, 'internal/' || $1::uuid, $2, 2, true, $5, $5
          where not exists (select 1 from client where is_internal)
          returning id
        )
        insert into contact (id, client_id, name, email, language, zone, created_at, updated_at)
        select $1::uuid, made.id, $2, 'nobody@internal.invalid', $3, $4, $5, $5 from made
        """;

    private const string Sql = """
        with opened as (
          insert into engagement (id, client_id, contact_id, owner_id, architect_id, stage, title, created_at, updated_at)
          select $1, k.client_id, k.id, $3, $4, 'internal', $2, $8, $8
          from client c join contact k on k.client_id = c.id
          where c.is_internal
          returning id
        )
        insert into internal_engagement (engagement_id, kind, person_id, third_id, readers, opened_at)
        select id, $5, case when $5 = 'personnel' then $3 end, $6, $7, $8 from opened
        """;

    /// <summary>Opens it, and writes to the audit that it was opened, by whom and for whose eyes. Of a personnel file there is one for each person: where it is there already, nothing is done.</summary>
    /// <returns>Whether it was opened now.</returns>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, InternalEngagement opened, FirmAsClient firm, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand hold = new(LockSql, transaction.Connection, transaction))
            await hold.ExecuteNonQueryAsync(cancellationToken);
        if (opened.Kind == "personnel" && await FindPersonnelFile.OnAsync(transaction.Connection!, opened.OwnerId, cancellationToken) is not null)
            return false;
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        NpgsqlBatchCommand own = new(FirmSql);
        own.Parameters.AddUuid(TimeOrderedId.Create(now));
        own.Parameters.AddText(firm.Name);
        own.Parameters.AddText(firm.Language);
        own.Parameters.AddText(firm.Zone);
        own.Parameters.AddInstant(now);
        batch.BatchCommands.Add(own);
        NpgsqlBatchCommand open = new(Sql);
        open.Parameters.AddUuid(opened.Id);
        open.Parameters.AddText(opened.Title);
        open.Parameters.AddUuid(opened.OwnerId);
        open.Parameters.AddUuid(opened.ReviewerId);
        open.Parameters.AddText(opened.Kind);
        open.Parameters.AddUuid(opened.ThirdId);
        open.Parameters.AddUuidsOrNull(opened.Readers);
        open.Parameters.AddInstant(now);
        batch.BatchCommands.Add(open);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        string detail = System.Text.Json.JsonSerializer.Serialize(new { kind = opened.Kind, person = opened.OwnerId, reviewer = opened.ReviewerId, third = opened.ThirdId, readers = opened.Readers });
        await AppendAudit.ExecuteAsync(transaction, new(AuditEntry.Administration, by, "InternalEngagementOpened", $"engagement/{opened.Id:D}", detail), now, cancellationToken);
        return true;
    }
}
