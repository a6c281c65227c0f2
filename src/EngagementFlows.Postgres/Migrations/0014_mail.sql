-- Every mail that the house writes, as it was written. Its way to the reader stands in the outbox, under the same id.
create table mail (
  id uuid primary key,
  -- The order of writing: ids of one activity execution share their instant.
  sequence bigint generated always as identity unique,
  instance_id uuid,
  engagement_id uuid references engagement (id),
  contact_id uuid references contact (id),
  person_id uuid references person (id),
  -- Null where the configured sender writes.
  from_email text,
  to_emails text[] not null check (cardinality(to_emails) > 0),
  to_name text,
  cc_emails text[] not null default '{}',
  bcc_emails text[] not null default '{}',
  reply_to_email text,
  reply_to_name text,
  language text not null check (language in ('en', 'zh-CN')),
  template text,
  subject text not null,
  -- Addresses of links stand as https://link.invalid/<id> and are filled in when the mail is sent.
  html text not null,
  text text not null,
  link_id uuid,
  effect_key text not null unique check (octet_length(effect_key) between 1 and 1200),
  created_at timestamptz not null,
  -- To whom it is written: to a contact, to a member of staff, or to addresses that a flow names itself.
  audience text not null generated always as (case when contact_id is not null then 'client' when person_id is not null then 'staff' else 'other' end) stored
);
create index mail_engagement on mail (engagement_id, sequence) where engagement_id is not null;
create index mail_instance on mail (instance_id) where instance_id is not null;
