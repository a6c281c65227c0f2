-- Clients, the people there, and what the house does for them.
create table client (
  id uuid primary key,
  external_id text not null unique check (length(external_id) between 1 and 100),
  name text not null check (length(name) between 1 and 200),
  industry text check (length(industry) between 1 and 200),
  tier smallint not null default 2 check (tier between 1 and 3),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
-- The order of the list.
create index client_name on client (name, id);

create table contact (
  id uuid primary key,
  client_id uuid not null references client (id),
  -- The key under which an import finds the contact again.
  external_id text unique check (length(external_id) between 1 and 100),
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 254),
  phone text check (length(phone) between 1 and 40),
  language text not null check (language in ('en', 'zh-CN')),
  zone text not null check (length(zone) between 1 and 100),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index contact_client on contact (client_id);

create table engagement (
  id uuid primary key,
  client_id uuid not null references client (id),
  contact_id uuid not null references contact (id),
  external_id text unique check (length(external_id) between 1 and 100),
  owner_id uuid not null references person (id),
  architect_id uuid references person (id),
  stage text not null check (stage in ('prospect', 'intake', 'review', 'approved', 'rejected', 'dormant', 'delivery', 'closed')),
  title text not null check (length(title) between 1 and 200),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index engagement_client on engagement (client_id);
create index engagement_owner on engagement (owner_id);

-- Everything that happened to a client. Append-only: what was wrong is amended by a later entry.
create table timeline_entry (
  -- The order of writing: several entries of one commit share an instant.
  sequence bigint generated always as identity primary key,
  id uuid not null unique,
  client_id uuid not null references client (id),
  engagement_id uuid not null references engagement (id),
  at timestamptz not null,
  kind text not null check (kind in ('mail', 'answer', 'task', 'approval', 'stage', 'note', 'record')),
  text_en text not null check (length(text_en) between 1 and 12000),
  text_zh text not null check (length(text_zh) between 1 and 12000),
  actor text,
  instance_id uuid,
  reference_id uuid
);
create index timeline_client on timeline_entry (client_id, sequence);
create index timeline_engagement on timeline_entry (engagement_id, sequence);
create trigger timeline_append_only before update or delete or truncate on timeline_entry for each statement execute function refuse_change();
