-- Meetings of engagements, who is invited and what they answered. Calendars know a meeting by its id and take its highest sequence for true.
create table meeting (
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  instance_id uuid not null,
  series text check (length(series) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  title_zh text not null check (length(title_zh) between 1 and 200),
  agenda_en text check (length(agenda_en) <= 10000),
  agenda_zh text check (length(agenda_zh) <= 10000),
  audience text not null check (audience in ('internal', 'client')),
  place text check (length(place) between 1 and 500),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  zone text not null check (length(zone) between 1 and 100),
  state text not null default 'planned' check (state in ('planned', 'held', 'cancelled', 'missed')),
  sequence integer not null default 0 check (sequence >= 0),
  created_at timestamptz not null,
  closed_at timestamptz,
  revision bigint not null default 1,
  check ((state = 'planned') = (closed_at is null)),
  check ((agenda_en is null) = (agenda_zh is null))
) with (fillfactor = 80);
create index meeting_engagement on meeting (engagement_id, starts_at, id);
create index meeting_instance on meeting (instance_id);

create table meeting_invitee (
  meeting_id uuid not null references meeting (id),
  position smallint not null check (position between 1 and 50),
  person_id uuid references person (id),
  contact_id uuid references contact (id),
  answer text not null default 'none' check (answer in ('none', 'accepted', 'declined', 'proposed')),
  answered_at timestamptz,
  proposed_at timestamptz,
  comment text check (length(comment) <= 10000),
  primary key (meeting_id, position),
  check (num_nonnulls(person_id, contact_id) = 1),
  check ((answer = 'none') = (answered_at is null)),
  check ((answer = 'proposed') = (proposed_at is not null))
) with (fillfactor = 80);

-- Mails that wait for the working day before. Each is sent only if its meeting still stands as it says: that is read again in the statement that begins its sending.
create table meeting_reminder (
  mail_id uuid primary key references mail (id),
  meeting_id uuid not null,
  position smallint not null,
  sequence integer not null,
  remind_at timestamptz not null,
  foreign key (meeting_id, position) references meeting_invitee (meeting_id, position)
);
create index meeting_reminder_meeting on meeting_reminder (meeting_id, position);
