-- Dates that were computed from a year whose holidays are not published yet. One row for each, written by the commit that made the date; a date that was computed anew
-- from the published year loses its row. Rows of things that have ended stay as a mark that the date was never certain.
create table provisional_date (
  -- The task, clock or wait; of a client's link, the wait for its answer (a link sent anew has another id).
  reference_id uuid primary key,
  kind text not null check (kind in ('task', 'link', 'wait', 'clock')),
  instance_id uuid not null,
  engagement_id uuid not null references engagement (id),
  -- The wait that ends at the date, if one does.
  bookmark_id uuid,
  -- As the flow named it: client, firm, a calendar or a country; and the version of its content.
  calendar text not null check (length(calendar) between 1 and 200),
  version text not null check (length(version) <= 400),
  -- From what it can be computed anew.
  begun_at timestamptz not null,
  duration text not null check (length(duration) between 1 and 60),
  due_at timestamptz not null
);
create index provisional_date_due on provisional_date (due_at, reference_id);
create index provisional_date_instance on provisional_date (instance_id);

-- The firm may know a year before the product's table does; and its edition of a country may be what that country's clients go by.
alter table calendar add column published_through integer check (published_through between 2000 and 2200);
alter table calendar add column serves_clients boolean not null default false check (not serves_clients or country is not null);
create unique index calendar_of_clients on calendar (country) where serves_clients;

-- What is promised for a kind of case: durations as flows write them.
create table promise_class (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,39}$'),
  name_en text not null check (length(name_en) between 1 and 100),
  name_zh text not null check (length(name_zh) between 1 and 100),
  answer text not null check (length(answer) between 1 and 60),
  solution text not null check (length(solution) between 1 and 60),
  revision bigint not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);

-- What is promised to clients of a tier instead.
create table promise_tier (
  class_id text not null references promise_class (id) on delete cascade,
  tier smallint not null check (tier between 1 and 3),
  answer text not null check (length(answer) between 1 and 60),
  solution text not null check (length(solution) between 1 and 60),
  primary key (class_id, tier)
);

insert into promise_class (id, name_en, name_zh, answer, solution, changed_at, changed_by)
values ('urgent', 'Urgent', '紧急', '2 working hours', '8 working hours', now(), 'system'),
       ('high', 'High', '高', '4 working hours', '3 working days', now(), 'system'),
       ('normal', 'Normal', '普通', '16 working hours', '10 working days', now(), 'system');

create table clock (
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  -- No foreign key: a clock outlives its instance.
  instance_id uuid not null,
  case_id uuid,
  name text not null check (length(name) between 1 and 100),
  -- The class that gave the limit; null = the flow named the limit. No foreign key: what was promised stays known when the class is gone.
  class text check (length(class) between 1 and 200),
  started_at timestamptz not null,
  time_limit text not null check (length(time_limit) between 1 and 60),
  calendar text not null check (length(calendar) between 1 and 200),
  calendar_version text not null check (length(calendar_version) <= 400),
  due_at timestamptz not null,
  is_provisional boolean not null,
  state text not null default 'running' check (state in ('running', 'stopped', 'closed')),
  -- Stopped, or closed with its instance.
  stopped_at timestamptz check ((state = 'running') = (stopped_at is null)),
  is_kept boolean check ((state = 'stopped') = (is_kept is not null)),
  -- Working time from start to stop.
  elapsed interval check ((state = 'stopped') = (elapsed is not null))
) with (fillfactor = 80);
create index clock_engagement on clock (engagement_id, id);
create index clock_instance on clock (instance_id, id);
create index clock_running on clock (due_at, id) where state = 'running';
create index clock_stopped on clock (stopped_at, id) where state = 'stopped';

-- Whether a promise was kept is decided once.
create function refuse_change_of_ended_clock() returns trigger
language plpgsql as $$
begin
  if old.state <> 'running' then
    raise exception 'The clock % was % before; whether its promise was kept does not change afterwards.', old.id, old.state;
  end if;
  return new;
end $$;
create trigger clock_decided_once before update on clock for each row execute function refuse_change_of_ended_clock();
