-- Ways for a contact to answer without an account. No token stands here: it is the id signed with a key that is kept outside of the database.
create table link (
  id uuid primary key,
  instance_id uuid not null,
  bookmark_id uuid not null,
  engagement_id uuid not null references engagement (id),
  contact_id uuid not null references contact (id),
  definition_version_id text not null,
  form_path text not null,
  may_decline boolean not null,
  message text check (length(message) <= 10000),
  state text not null default 'open' check (state in ('open', 'consumed', 'ended', 'revoked')),
  issued_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  closed_at timestamptz,
  outcome text check (outcome in ('Answered', 'Declined')),
  -- The only columns that looking at a link changes; never read as proof that a person has read it.
  openings integer not null default 0,
  opened_at timestamptz,
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'consumed') = (outcome is not null))
) with (fillfactor = 80);
create index link_instance on link (instance_id);
create index link_engagement on link (engagement_id, id);

-- Answers to forms, of links and of tasks; the id is that of the link or task, so that there is one answer to each.
create table form_answer (
  id uuid primary key,
  source text not null check (source in ('link', 'task')),
  engagement_id uuid not null references engagement (id),
  contact_id uuid references contact (id),
  person_id uuid references person (id),
  definition_version_id text not null,
  form_path text not null,
  answered_at timestamptz not null,
  answers jsonb not null,
  check ((source = 'link') = (contact_id is not null)),
  check ((source = 'task') = (person_id is not null))
);
create index form_answer_engagement on form_answer (engagement_id, id);

create table form_answer_value (
  form_answer_id uuid not null references form_answer (id) on delete cascade,
  ordinal integer not null,
  question text not null,
  kind text not null check (kind in ('text', 'comment', 'number', 'date', 'email', 'boolean', 'choice', 'choices', 'rating')),
  text_value text,
  number_value numeric,
  date_value date,
  flag_value boolean,
  choices text[],
  primary key (form_answer_id, ordinal),
  check (num_nonnulls(text_value, number_value, date_value, flag_value, choices) = 1)
);
create index form_answer_value_question on form_answer_value (question);
