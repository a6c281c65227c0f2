-- Definitions on their way in: a JSON or a ZIP, looked at, then stored as drafts or dropped.
create table definition_import (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 200),
  -- Emptied when somebody has decided; what was stored lies with its versions.
  content bytea check (octet_length(content) <= 16777216),
  state text not null check (state in ('faulty', 'previewed', 'done', 'cancelled')),
  uploaded_at timestamptz not null,
  uploaded_by text not null check (length(uploaded_by) between 1 and 200),
  -- What it would do; once it is done, what it did.
  outcome json not null,
  ended_at timestamptz,
  ended_by text check (length(ended_by) between 1 and 200),
  check ((state = 'previewed') = (content is not null)),
  check ((state in ('done', 'cancelled')) = (ended_at is not null)),
  check ((ended_at is null) = (ended_by is null))
);
create index definition_import_uploaded on definition_import (uploaded_at desc, id);
