-- What it calls is stable at the most; called immutable it could not be taken into the expressions that call it, and each call would start an executor.
alter function audit_hash(bytea, text, bigint, timestamptz, text, text, text, json) stable;

-- Appends all entries of one commit, each chain's in their order. The heads are locked in the order of the chains' names, so that two commits never wait
-- for each other in a circle, and each is read and written once; they stay locked until the end of the transaction, so there is neither a gap nor a fork.
create function append_audits(in_at timestamptz, in_chains text[], in_actors text[], in_acts text[], in_subjects text[], in_details json[]) returns bigint
language plpgsql as $$
declare
  entry record;
  head audit_head;
  previous bytea;
begin
  for entry in
    select e.* from unnest(in_chains, in_actors, in_acts, in_subjects, in_details) with ordinality e(chain, actor, act, subject, detail, place)
    order by e.chain collate "C", e.place
  loop
    if entry.chain is distinct from head.chain then
      update audit_head set sequence = head.sequence, hash = head.hash where chain = head.chain;
      select * into head from audit_head where chain = entry.chain for update;
      if not found then
        insert into audit_head (chain, sequence, hash) values (entry.chain, 0, '') on conflict (chain) do nothing;
        select * into strict head from audit_head where chain = entry.chain for update;
      end if;
    end if;
    previous := head.hash;
    head.sequence := head.sequence + 1;
    head.hash := audit_hash(previous, entry.chain, head.sequence, in_at, entry.actor, entry.act, entry.subject, entry.detail);
    insert into audit (chain, sequence, at, actor, act, subject, detail, previous_hash, hash)
    values (entry.chain, head.sequence, in_at, entry.actor, entry.act, entry.subject, entry.detail, previous, head.hash);
  end loop;
  update audit_head set sequence = head.sequence, hash = head.hash where chain = head.chain;
  return cardinality(in_chains);
end
$$;
