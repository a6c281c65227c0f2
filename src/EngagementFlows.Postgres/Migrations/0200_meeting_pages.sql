-- By which link the contact is asked about a meeting, and which task asked for its minutes.
alter table meeting add column link_id uuid;
alter table meeting add column minutes_task_id uuid;
-- Lists of meetings by time.
create index meeting_starts on meeting (starts_at, id);
