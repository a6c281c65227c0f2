-- Counts the changes of a task, so that who acts on an old view of it can be told.
alter table task add column revision bigint not null default 1;
