-- A meeting may be arranged by a member of staff: then no instance did.
alter table meeting alter column instance_id drop not null;
