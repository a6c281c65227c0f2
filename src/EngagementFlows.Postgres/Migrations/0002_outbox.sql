-- Effects on the outside world, and what has to be remembered about callers and people.

create table outbox (
  id uuid primary key,
  instance_id uuid,
  kind text not null check (kind in ('mail', 'http')),
  effect_key text not null unique check (octet_length(effect_key) between 1 and 1200),
  state text not null default 'pending' check (state in ('pending', 'claimed', 'sending', 'accepted', 'rejected', 'uncertain')),
  due_at timestamptz not null,
  attempt integer not null default 0,
  lease_owner uuid,
  lease_expires_at timestamptz,
  -- What the dispatcher needs to send it; a mail's bytes stand apart, for the lists.
  payload json not null,
  content bytea,
  created_at timestamptz not null,
  ended_at timestamptz,
  answer text,
  check ((state in ('claimed', 'sending')) = (lease_owner is not null)),
  check ((lease_owner is null) = (lease_expires_at is null)),
  check ((state in ('accepted', 'rejected', 'uncertain')) = (ended_at is not null))
) with (fillfactor = 80);
create index outbox_due on outbox (due_at, id) where state = 'pending';
create index outbox_leased on outbox (lease_expires_at) where state in ('claimed', 'sending');
create index outbox_uncertain on outbox (id) where state = 'uncertain';
create index outbox_instance on outbox (instance_id) where instance_id is not null;

-- Answers to repeated requests; written in the effect's own commit, kept 7 days.
create table idempotency (
  caller text not null,
  key text not null check (octet_length(key) between 1 and 400),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  status integer not null,
  answer bytea not null,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_age on idempotency (created_at);

-- People's acts. Append-only; each chain is numbered without a gap, each entry carries the hash of the one before it.
create table audit (
  chain text not null,
  sequence bigint not null check (sequence > 0),
  at timestamptz not null,
  actor text not null,
  act text not null,
  subject text not null,
  detail json,
  previous_hash bytea not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (chain, sequence)
);
create index audit_time on audit (at);

create table audit_head (
  chain text primary key,
  sequence bigint not null,
  hash bytea not null
) with (fillfactor = 50);

create function audit_hash(previous bytea, chain text, sequence bigint, at timestamptz, actor text, act text, subject text, detail json) returns bytea
language sql immutable as $$
  select sha256(previous || convert_to(json_build_array(chain, sequence, extract(epoch from at), actor, act, subject, detail::text)::text, 'UTF8'))
$$;

-- Appends in the caller's transaction; appenders to one chain wait for each other until the end of their transactions, so there is neither a gap nor a fork.
create function append_audit(in_chain text, in_at timestamptz, in_actor text, in_act text, in_subject text, in_detail json) returns bigint
language plpgsql as $$
declare
  head audit_head;
  next_sequence bigint;
  next_hash bytea;
begin
  insert into audit_head (chain, sequence, hash) values (in_chain, 0, '') on conflict (chain) do nothing;
  select * into strict head from audit_head where chain = in_chain for update;
  next_sequence := head.sequence + 1;
  next_hash := audit_hash(head.hash, in_chain, next_sequence, in_at, in_actor, in_act, in_subject, in_detail);
  insert into audit (chain, sequence, at, actor, act, subject, detail, previous_hash, hash)
  values (in_chain, next_sequence, in_at, in_actor, in_act, in_subject, in_detail, head.hash, next_hash);
  update audit_head set sequence = next_sequence, hash = next_hash where chain = in_chain;
  return next_sequence;
end
$$;

create function refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'Table % is append-only.', tg_table_name;
end
$$;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();
