-- Work of people that instances wait for. No foreign key to the instance: the commit that writes the task writes the instance as well.
create table task (
  id uuid primary key,
  instance_id uuid not null,
  bookmark_id uuid not null,
  engagement_id uuid not null references engagement (id),
  definition_version_id text not null,
  kind text not null check (kind in ('work', 'approval')),
  title_en text not null check (length(title_en) between 1 and 10000),
  title_zh text not null check (length(title_zh) between 1 and 10000),
  instructions_en text,
  instructions_zh text,
  form_path text,
  outcomes text[] not null check (cardinality(outcomes) > 0),
  assignee_person_id uuid references person (id),
  assignee_role text,
  escalated_person_id uuid references person (id),
  escalated_role text,
  escalated_at timestamptz,
  requested_by_id uuid references person (id),
  state text not null default 'open' check (state in ('open', 'completed', 'expired', 'withdrawn')),
  opened_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  outcome text,
  comment text check (length(comment) <= 10000),
  completed_by_id uuid references person (id),
  check ((assignee_person_id is null) <> (assignee_role is null)),
  check (escalated_person_id is null or escalated_role is null),
  check ((escalated_at is not null) = (escalated_person_id is not null or escalated_role is not null)),
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'completed') = (outcome is not null)),
  check ((state = 'completed') = (completed_by_id is not null))
) with (fillfactor = 80);
-- The inbox of a person is the union of these four, in the order of the due instants.
create index task_open_person on task (assignee_person_id, due_at, id) where state = 'open' and assignee_person_id is not null;
create index task_open_role on task (assignee_role, due_at, id) where state = 'open' and assignee_role is not null;
create index task_open_escalated_person on task (escalated_person_id, due_at, id) where state = 'open' and escalated_person_id is not null;
create index task_open_escalated_role on task (escalated_role, due_at, id) where state = 'open' and escalated_role is not null;
create index task_instance on task (instance_id);
create index task_engagement on task (engagement_id, id);
