-- Definition versions as they were imported, what belongs to them, and when they start by themselves.

create table definition (
  id text primary key check (length(id) between 1 and 400),
  definition_id text not null check (length(definition_id) between 1 and 400),
  version integer not null check (version > 0),
  name text,
  state text not null check (state in ('draft', 'submitted', 'published', 'retired')),
  content_hash text not null,
  json text not null,
  created_at timestamptz not null,
  created_by text not null,
  submitted_by text,
  published_at timestamptz,
  published_by text,
  unique (definition_id, version),
  check ((state in ('published', 'retired')) = (published_at is not null))
);
create unique index definition_published on definition (definition_id) where state = 'published';
create index definition_content on definition (definition_id, content_hash);

-- Mails, forms and other texts of a version: running instances stay on theirs.
create table definition_asset (
  definition_version_id text not null references definition (id) on delete cascade,
  path text not null check (length(path) between 1 and 400),
  content bytea not null,
  primary key (definition_version_id, path)
);

-- Timer, Cron and StartAt that start instances of the published version.
create table schedule (
  definition_id text not null,
  activity_id text not null,
  definition_version_id text not null references definition (id) on delete cascade,
  kind text not null check (kind in ('timer', 'cron', 'start_at')),
  expression text not null,
  catch_up text not null default 'run_once' check (catch_up in ('run_once', 'run_all', 'skip')),
  -- Null once a StartAt has fired.
  next_due_at timestamptz,
  last_fired_at timestamptz,
  primary key (definition_id, activity_id)
);
create index schedule_due on schedule (next_due_at) where next_due_at is not null;

create table setting (
  key text primary key,
  value text not null,
  updated_at timestamptz not null
);
