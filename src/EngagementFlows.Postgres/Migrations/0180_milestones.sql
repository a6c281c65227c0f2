-- What engagements are to reach, and when: the milestones of their plans. A name stands once in an engagement, so that a later plan finds it again.
create table milestone (
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  -- The version of the plan that planned it last; null = no document was named.
  document_version_id uuid references document_version (id),
  instance_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  first_planned_on date not null,
  planned_on date not null,
  -- Said by a person: the date that he names, when he said so, and who (null = a program that acts for nobody).
  reached_on date,
  reached_at timestamptz,
  reached_by_id uuid references person (id),
  withdrawn_at timestamptz,
  revision bigint not null default 1,
  unique (engagement_id, name),
  check ((reached_on is null) = (reached_at is null)),
  check (reached_by_id is null or reached_at is not null),
  -- What was reached stays.
  check (reached_at is null or withdrawn_at is null)
) with (fillfactor = 80);
create index milestone_planned on milestone (engagement_id, planned_on, id);

-- Figures of people are read by whom a thing belongs to and when it ended.
create index task_completed_by on task (completed_by_id, closed_at) where completed_by_id is not null;
create index task_expired_person on task (assignee_person_id, closed_at) where state = 'expired' and assignee_person_id is not null;
create index meeting_invitee_person on meeting_invitee (person_id) where person_id is not null;
create index engagement_architect on engagement (architect_id) where architect_id is not null;
