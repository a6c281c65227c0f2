-- Instances, what they wait for, what is on its way to them, and their account of themselves.
-- Every hot table leads its key with the instance, so that it can be spread by it. No foreign keys between hot tables: every row is written by the
-- commit that also writes its instance, and a foreign key would lock and look up that instance once more for each row.

-- Raises where a statement of a commit did not hit what it must hit: the whole commit is undone and tried again without its companions.
create function require_rows(hit bigint, wanted bigint, reason text) returns void
language plpgsql immutable as $$
begin
  if hit is distinct from wanted then
    raise exception using errcode = 'EF001', message = reason;
  end if;
end
$$;

create table instance (
  id uuid primary key,
  definition_id text not null check (length(definition_id) between 1 and 400),
  definition_version_id text not null,
  version integer not null,
  status text not null check (status in ('pending', 'suspended', 'finished', 'cancelled', 'faulted')),
  correlation_id text check (octet_length(correlation_id) <= 1200),
  name text,
  parent_instance_id uuid,
  parent_bookmark_id uuid,
  revision bigint not null check (revision > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  is_stalled boolean not null,
  open_incidents integer not null check (open_incidents >= 0),
  state bytea not null,
  check ((finished_at is not null) = (status in ('finished', 'cancelled', 'faulted'))),
  check (not (is_stalled and finished_at is not null))
) with (fillfactor = 70);
-- Ids begin with the instant of the start, so the key's order is the order of the lists; no index names a column that every transition changes, so that updates stay heap-only.
create index instance_definition on instance (definition_id, id);
create index instance_correlation on instance (correlation_id, id) where correlation_id is not null;
create index instance_parent on instance (parent_instance_id, id) where parent_instance_id is not null;
create index instance_stalled on instance (id) where is_stalled;
create index instance_with_incidents on instance (id) where open_incidents > 0;

create table bookmark (
  instance_id uuid not null,
  id uuid not null,
  activity_id text not null,
  execution_id uuid not null,
  name text not null,
  key text check (octet_length(key) <= 1200),
  correlation_id text check (octet_length(correlation_id) <= 1200),
  due_at timestamptz,
  created_at timestamptz not null,
  primary key (instance_id, id)
);
-- Events are matched by key and perhaps correlation; waits that are only resumed by their id stay out.
create index bookmark_match on bookmark (key, correlation_id, name) where key is not null;

-- Every stimulus that is to reach an instance. A timer is a row that lies ahead; its id is its bookmark's, so it goes with the bookmark.
create table inbox (
  instance_id uuid not null,
  id uuid not null,
  due_at timestamptz not null,
  kind text not null check (kind in ('start', 'resume', 'timer', 'cancel', 'retry', 'skip')),
  bookmark_id uuid,
  payload json,
  created_at timestamptz not null,
  failures integer not null default 0,
  parked_at timestamptz,
  error text,
  primary key (instance_id, id),
  check ((kind = 'timer') = (payload is null)),
  check ((kind in ('timer', 'resume')) = (bookmark_id is not null)),
  check ((parked_at is null) or (error is not null and due_at = 'infinity'))
) with (fillfactor = 90);
create index inbox_due on inbox (due_at, id);
create index inbox_parked on inbox (parked_at) where parked_at is not null;

-- One row per transition, with all its entries.
create table journal (
  instance_id uuid not null,
  revision bigint not null,
  at timestamptz not null,
  entries json not null,
  primary key (instance_id, revision, at)
) partition by range (at);

-- Makes the partitions of a month and the one after it. Called at start and every day; what falls outside lands in the default partition and is found by doctor.
create function ensure_journal_partitions(month timestamptz) returns void
language plpgsql as $$
declare
  first timestamptz;
  name text;
begin
  perform pg_advisory_xact_lock(hashtextextended('journal partitions', 8));
  for step in 0..1 loop
    first := date_trunc('month', month at time zone 'UTC') at time zone 'UTC' + make_interval(months => step);
    name := 'journal_' || to_char(first at time zone 'UTC', 'YYYY_MM');
    if to_regclass(name) is null then
      begin
        execute format('create table %I partition of journal for values from (%L) to (%L)', name, first, first + interval '1 month');
      exception when check_violation then
        -- Rows of that month lie in the default partition already: they stay there and doctor shows them.
        null;
      end;
    end if;
  end loop;
end
$$;
create table journal_default partition of journal default;

-- How many late rows were released in a second, by all processes together; its row lock lets one of them release at a time.
create table catch_up (
  singleton boolean primary key default true check (singleton),
  second timestamptz not null default '-infinity',
  released integer not null default 0
) with (fillfactor = 20);
insert into catch_up default values;

create table incident (
  instance_id uuid not null,
  id uuid not null,
  activity_id text,
  activity_type text,
  execution_id uuid,
  message text not null,
  innermost text not null,
  expression text,
  line integer not null default 0,
  value text,
  attempt integer not null check (attempt > 0),
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolution text check (resolution in ('retried', 'skipped', 'cancelled')),
  reason text,
  resolved_by text,
  primary key (instance_id, id),
  check ((resolved_at is null) = (resolution is null))
);
create index incident_open on incident (id) where resolved_at is null;

-- Events, for a while: those that found nobody (not used yet) wait for somebody who waits for them; the others are the trace that they were delivered.
create table event (
  id uuid primary key,
  name text not null check (octet_length(name) between 1 and 1200),
  correlation_id text check (octet_length(correlation_id) <= 1200),
  local_instance_id uuid,
  payload json,
  published_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > published_at),
  used_at timestamptz,
  -- An event is used once per instance: those that it started are not among those that it may still resume.
  started_instances uuid[] not null
);
create index event_unused on event (name, published_at) where used_at is null;
create index event_expiry on event (expires_at);
