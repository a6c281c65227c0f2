-- A step that binds the client may ask for more than the link: a code that goes to the contact's mailbox.
alter table link add column confirm_by_code boolean not null default false;

-- The code itself stands nowhere: it is made of the id under a key outside the database, when the mail is sent and when somebody types it.
create table link_code (
  id uuid primary key,
  link_id uuid not null references link (id),
  key_id text not null check (length(key_id) between 1 and 16),
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  -- Counted before it is compared, so that no race of guesses gets more of them.
  tries smallint not null default 0 check (tries between 0 and 5),
  -- Used, or replaced by a newer one.
  ended_at timestamptz,
  used_at timestamptz,
  check (used_at is null or (ended_at is not null and used_at = ended_at))
);

-- A new code voids the old; an answer is confirmed once.
create unique index link_code_live on link_code (link_id) where ended_at is null;
create index link_code_link on link_code (link_id, made_at);

-- Stands in html and text as code-<id>.
alter table mail add column link_code_id uuid references link_code (id);
