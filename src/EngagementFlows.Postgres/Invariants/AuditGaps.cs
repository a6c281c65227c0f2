namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts entries that do not follow from the one before, chains whose end is missing, and texts that are gone without the chain saying so.</summary>
internal static class AuditGaps
{
    // The hash of an entry whose text was erased cannot be computed again; a later entry of its chain vouches for what is left of it.
    private const string Sql = """
        select count(*), min(chain || '#' || sequence)
        from (
          select a.chain, a.sequence
          from (
            select *, lag(sequence, 1, 0::bigint) over w as previous_sequence, lag(hash, 1, ''::bytea) over w as expected
            from audit window w as (partition by chain order by sequence)
          ) a
          where a.sequence <> a.previous_sequence + 1 or a.previous_hash <> a.expected
            or case
                 when a.erased_at is null then a.hash <> audit_hash(a.previous_hash, a.chain, a.sequence, a.at, a.actor, a.act, a.subject, a.detail)
                 else not exists (
                   select 1
                   from audit told
                   cross join lateral json_array_elements(told.detail -> 'entries') entry
                   where told.chain = a.chain and told.sequence > a.sequence and told.act = 'DetailsErased'
                     and (entry ->> 'sequence')::bigint = a.sequence
                     and entry ->> 'kept' = encode(audit_hash(a.hash, a.chain, a.sequence, a.at, a.actor, a.act, a.subject, null), 'hex'))
               end
          union all
          select h.chain, h.sequence from audit_head h
          where h.sequence <> (select coalesce(max(sequence), 0) from audit a where a.chain = h.chain)
        ) broken
        """;

    public static Invariant Invariant { get; } = new("audit-gaps", "People's acts are audited without a gap: each chain counts from 1, and each entry carries the hash of the one before it.", false, Sql);
}
