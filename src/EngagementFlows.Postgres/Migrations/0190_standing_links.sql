-- Links by which a contact begins a flow whenever there is a reason. No token stands here: it is the id signed with a key that is kept outside of the database.
create table standing_link (
  -- Made of the contact, the flow and how many such links were taken back: who offers it again offers the same one.
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  contact_id uuid not null references contact (id),
  definition_id text not null check (length(definition_id) between 1 and 400),
  form_path text not null check (length(form_path) between 1 and 200),
  label_en text not null check (length(label_en) between 1 and 100),
  label_zh text not null check (length(label_zh) between 1 and 100),
  issued_at timestamptz not null,
  issued_by text not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  revoked_at timestamptz,
  revoked_by text,
  -- How often it started its flow: ever, and since the instant from which a day is counted.
  uses integer not null default 0 check (uses >= 0),
  used_at timestamptz,
  day_began_at timestamptz,
  day_uses integer not null default 0 check (day_uses >= 0),
  -- The only columns that looking at a link changes; never read as proof that a person has read it.
  openings integer not null default 0,
  machine_openings integer not null default 0 check (machine_openings between 0 and openings),
  last_opened_at timestamptz,
  check ((revoked_at is null) = (revoked_by is null))
) with (fillfactor = 80);
create index standing_link_engagement on standing_link (engagement_id, id);
create index standing_link_contact on standing_link (contact_id);
create unique index standing_link_live on standing_link (engagement_id, contact_id, definition_id) where revoked_at is null;

-- Each sheet of a link's form starts one instance, however often it is sent.
create table standing_link_use (
  link_id uuid not null references standing_link (id),
  sheet_id uuid not null,
  instance_id uuid not null,
  used_at timestamptz not null,
  primary key (link_id, sheet_id)
);

-- The list of cases and their promises.
create index clock_case on clock (case_id) where case_id is not null;
create index engagement_case_lesson on engagement_case (id) where lesson is not null;
