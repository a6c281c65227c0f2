-- What happens again and again: schedules of the firm. Each firing is a row, unique by schedule and instant, in the transaction that puts its fact into the inbox.

-- "Schedule" is the firm's own word for these; what starts by a Timer, Cron or StartAt in a definition is a trigger's.
alter table schedule rename to trigger_schedule;
alter index schedule_due rename to trigger_schedule_due;

create table recurring_schedule (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- Starts an instance of the published version of a definition, or publishes an event to instances that wait.
  target text not null check (target in ('start', 'event')),
  definition_id text check (length(definition_id) between 1 and 400),
  event_name text check (octet_length(event_name) between 1 and 1200),
  -- The inputs of the instance, or the event's payload, as typed JSON.
  input json not null,
  correlation_id text check (octet_length(correlation_id) <= 1200),
  -- One instance for each engagement of these stages and tiers (null = all), instead of one.
  for_each boolean not null default false,
  stages text[] check (cardinality(stages) > 0),
  tiers smallint[] check (cardinality(tiers) > 0),
  cadence text not null check (cadence in ('cron', 'cron_with_seconds', 'rrule', 'interval')),
  expression text not null check (length(expression) between 1 and 1000),
  -- IANA name: wall-clock times are meant there.
  zone text not null check (length(zone) between 1 and 100),
  -- The first instant that counts; for an interval and an RRULE also that from which they count.
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  -- On days on which this calendar has no work the firing is kept, skipped, or moved to the working day before or after.
  calendar text check (length(calendar) between 1 and 40),
  calendar_version text,
  free_days text not null check (free_days in ('keep', 'skip', 'before', 'after')),
  misfire text not null check (misfire in ('run_once', 'run_all', 'skip')),
  overlap text not null check (overlap in ('start', 'skip', 'queue')),
  state text not null default 'active' check (state in ('active', 'paused')),
  -- Null while it is paused, after its end, and while a restore holds it.
  next_due_at timestamptz,
  held_due_at timestamptz,
  last_due_at timestamptz,
  last_instance_id uuid,
  revision bigint not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  check ((target = 'start') = (definition_id is not null)),
  check ((target = 'event') = (event_name is not null)),
  check (not for_each or (target = 'start' and correlation_id is null and overlap <> 'queue')),
  check (for_each or (stages is null and tiers is null)),
  check ((free_days = 'keep') = (calendar is null)),
  check (state = 'active' or next_due_at is null)
) with (fillfactor = 70);
create unique index recurring_schedule_name on recurring_schedule (lower(name));
create index recurring_schedule_due on recurring_schedule (next_due_at) where next_due_at is not null;
create index recurring_schedule_held on recurring_schedule (held_due_at) where held_due_at is not null;

create table schedule_firing (
  schedule_id uuid not null references recurring_schedule (id) on delete cascade,
  due_at timestamptz not null,
  -- fired: what it starts is in the inbox; skipped: the last instance still ran; queued: it waits for that one's end; held: it waited when the database was restored.
  state text not null check (state in ('fired', 'skipped', 'queued', 'held')),
  fired_at timestamptz not null,
  -- Who asked for it; null = it was due.
  asked_by text check (length(asked_by) between 1 and 200),
  -- What was started: the instance, the event, or how many instances of a set.
  instance_id uuid,
  event_id uuid,
  started bigint not null default 0 check (started >= 0),
  primary key (schedule_id, due_at)
);
create index schedule_firing_queued on schedule_firing (schedule_id, due_at) where state = 'queued';
create index schedule_firing_held on schedule_firing (schedule_id) where state = 'held';
create index schedule_firing_time on schedule_firing (fired_at);

-- The id of what a firing starts follows from schedule and instant (and engagement), so that whoever fires it makes the same rows. Its first 48 bits are the instant.
create function firing_id(schedule_id uuid, due_at timestamptz, member uuid) returns uuid language sql stable as $$
  select overlay(overlay(overlay(
    md5(schedule_id::text || extract(epoch from due_at)::text || coalesce(member::text, ''))
    placing lpad(to_hex(floor(extract(epoch from due_at) * 1000)::bigint), 12, '0') from 1 for 12) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid
$$;
