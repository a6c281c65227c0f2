-- What other systems are told (webhooks), and what they tell us (hooks). Secrets stand here encrypted under the key file: nothing in a dump signs anything.

create table webhook (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  url text not null check (length(url) between 1 and 2000),
  -- Event kinds that it is told.
  kinds text[] not null check (cardinality(kinds) > 0),
  secret text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  -- Who writes must have seen the last change.
  revision bigint not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null
);

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('mail', 'http', 'webhook'));
-- No foreign key: what was sent to a webhook stays known when it is gone.
alter table outbox add column webhook_id uuid;
alter table outbox add constraint outbox_webhook_check check ((kind = 'webhook') = (webhook_id is not null));
create index outbox_webhook on outbox (webhook_id, id) where webhook_id is not null;

create table hook (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  -- The event that a signed message becomes.
  event_name text not null check (length(event_name) between 1 and 300),
  -- Where in the message the business key stands; null = the event is for all that wait for its name.
  correlation_path text check (length(correlation_path) between 1 and 300),
  secret text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  revision bigint not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null
);
