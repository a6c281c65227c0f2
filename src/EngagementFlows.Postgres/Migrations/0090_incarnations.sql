-- A database that was restored from a backup lives on as another incarnation of itself: what it was about to do, its former life may have done already.
-- Effects of before wait in state held, facts that were due wait with their instant put aside, until a person releases them.

create table incarnation (
  id uuid primary key,
  began_at timestamptz not null,
  -- The instant of the snapshot that was restored: what happened between the two is not in this database.
  backup_taken_at timestamptz not null,
  begun_by text not null check (length(begun_by) between 1 and 200)
);

alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('pending', 'claimed', 'sending', 'accepted', 'rejected', 'uncertain', 'held'));
-- The state in which the backup holds it: one that was being sent has perhaps arrived.
alter table outbox add column held_state text check (held_state in ('pending', 'claimed', 'sending'));
alter table outbox add constraint outbox_held_check check ((state = 'held') = (held_state is not null));
create index outbox_held on outbox (id) where state = 'held';

-- Due at infinity while it waits, so that no claim has to know of it.
alter table inbox add column held_due_at timestamptz;
alter table inbox add constraint inbox_held_check check (held_due_at is null or (due_at = 'infinity' and parked_at is null));
create index inbox_held on inbox (held_due_at) where held_due_at is not null;

-- A recurring schedule rests with its next instant put aside.
alter table schedule add column held_due_at timestamptz;
