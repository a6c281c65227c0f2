using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Empties the free texts of the audit that stand with a client: reasons, values that were set. The entries stay, and so does their chain.</summary>
/// <remarks>
/// Each chain gets an entry that names the erased ones and holds a digest of what is left of each. With it the chain can be verified as before, and a text that is gone
/// without such an entry is a violation. Runs in the erasing transaction.
/// </remarks>
internal static class EraseAuditDetails
{
    // One statement: the entries are named as they were before. The heads of the chains are taken one after the other, in one order.
    private const string Sql = """
        with gone as (
          update audit a set detail = null, erased_at = $5
          where a.detail is not null and a.erased_at is null and a.act <> 'DetailsErased'
            and (a.chain = any (select 'engagement/' || e from unnest($1::uuid[]) e)
              or a.subject = any (select 'instance/' || i from unnest($2::uuid[]) i)
              or a.subject = any (select 'mail/' || m from unnest($3::uuid[]) m))
          returning a.chain, a.sequence, encode(audit_hash(a.hash, a.chain, a.sequence, a.at, a.actor, a.act, a.subject, null), 'hex') as kept
        ), told as (
          select chain, json_build_object('client', $4::uuid, 'entries', json_agg(json_build_object('sequence', sequence, 'kept', kept) order by sequence)) as detail
          from gone
          group by chain
        )
        select append_audit(t.chain, $5, $6, 'DetailsErased', 'client/' || $4::uuid, t.detail) from (select * from told order by chain collate "C") t
        """;

    public static NpgsqlBatchCommand Create(ErasureScope scope, string by, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(scope.Engagements);
        command.Parameters.AddUuids(scope.Instances);
        command.Parameters.AddUuids(scope.Mails);
        command.Parameters.AddUuid(scope.Client);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return command;
    }
}
