-- Files of clients: uploaded, looked at, confirmed, imported by a worker in one transaction.
create table client_import (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 200),
  -- Emptied when the import has ended: it holds people's addresses, and its work is done.
  content bytea check (octet_length(content) <= 67108864),
  state text not null check (state in ('faulty', 'previewed', 'queued', 'running', 'starting', 'done', 'failed', 'cancelled')),
  uploaded_at timestamptz not null,
  uploaded_by text not null check (length(uploaded_by) between 1 and 200),
  confirmed_at timestamptz,
  confirmed_by text check (length(confirmed_by) between 1 and 200),
  -- Whether new clients' intake is started.
  starts_flows boolean not null default false,
  -- What the preview found: encoding, separator, columns, first lines, faults (the first thousand).
  preview json not null,
  lines int not null check (lines >= 0),
  made int not null default 0 check (made >= 0),
  changed int not null default 0 check (changed >= 0),
  same int not null default 0 check (same >= 0),
  fault_count int not null check (fault_count >= 0),
  -- Shown to people only; what counts is the import's own transaction.
  lines_done int not null default 0 check (lines_done >= 0),
  attempt int not null default 0 check (attempt >= 0),
  lease_expires_at timestamptz,
  ended_at timestamptz,
  failure text check (length(failure) between 1 and 2000),
  check ((state = 'faulty') = (fault_count > 0) or state in ('failed', 'cancelled')),
  check ((state in ('running', 'starting')) = (lease_expires_at is not null)),
  check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
  check ((confirmed_at is null) = (confirmed_by is null))
);
create index client_import_uploaded on client_import (uploaded_at desc, id);
create index client_import_waiting on client_import (confirmed_at, id) where state in ('queued', 'running', 'starting');

-- The new engagements of an import whose flows are to be started, until they are.
create table client_import_start (
  import_id uuid not null references client_import (id) on delete cascade,
  engagement_id uuid not null references engagement (id),
  primary key (import_id, engagement_id)
);

-- The lines of an import that is under way, seen by its own transaction alone: they are deleted before it commits, so nothing is lost when a crash empties the table.
create unlogged table client_import_line (
  import_id uuid not null,
  line int not null,
  client_id uuid not null,
  contact_id uuid not null,
  engagement_id uuid not null,
  external_id text not null,
  client text not null,
  industry text,
  tier int not null,
  contact text not null,
  email text not null,
  phone text,
  language text not null,
  zone text not null,
  title text not null,
  owner_id uuid not null,
  architect_id uuid,
  primary key (import_id, line)
);
