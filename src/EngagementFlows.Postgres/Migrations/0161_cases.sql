-- Questions and complaints of clients: each has a named owner and a promise, and ends with an outcome and what was learned.
create table engagement_case (
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  instance_id uuid not null,
  kind text not null check (kind in ('question', 'complaint')),
  class text not null check (class in ('urgent', 'high', 'normal')),
  subject text not null check (length(subject) between 1 and 200),
  description text check (length(description) <= 10000),
  raised_by text not null check (length(raised_by) between 1 and 320),
  state text not null default 'open' check (state in ('open', 'closed')),
  owner_id uuid references person (id),
  owned_at timestamptz,
  rung smallint not null default 0 check (rung between 0 and 9),
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (length(outcome) between 1 and 200),
  satisfaction smallint check (satisfaction between 1 and 5),
  lesson text check (length(lesson) <= 10000),
  revision bigint not null default 1,
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'closed') = (outcome is not null)),
  check ((owner_id is null) = (owned_at is null))
) with (fillfactor = 80);
create index engagement_case_engagement on engagement_case (engagement_id, id);
create index engagement_case_instance on engagement_case (instance_id);
create index engagement_case_open on engagement_case (opened_at, id) where state = 'open';
create index engagement_case_owner on engagement_case (owner_id, owned_at);

-- An engagement passes two stages more on its way.
alter table engagement drop constraint engagement_stage_check;
alter table engagement add constraint engagement_stage_check
  check (stage in ('prospect', 'intake', 'review', 'approved', 'rejected', 'dormant', 'needs', 'planning', 'delivery', 'closed'));
