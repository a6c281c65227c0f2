-- Looking at a link stays the only thing that a GET may count; who looked is guessed, and never taken for proof of reading.
alter table link
  add column machine_openings integer not null default 0 check (machine_openings between 0 and openings),
  add column last_opened_at timestamptz,
  -- A link that was sent anew names the one in whose place it stands.
  add column replaces uuid references link (id);

-- One wait is answered through one link: the older one is dead before a newer one is sent.
create unique index link_open_wait on link (bookmark_id) where state = 'open';
-- From a link to those that were sent in its place.
create index link_replaces on link (replaces) where replaces is not null;
