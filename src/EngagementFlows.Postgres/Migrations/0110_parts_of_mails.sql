-- What a mail carries beside its letter: an invitation, files, and a way to want no more of such mails.
alter table mail
  add column list_unsubscribe text check (list_unsubscribe ~ '^(mailto|https):' and length(list_unsubscribe) <= 1000),
  add column calendar_method text check (calendar_method in ('REQUEST', 'CANCEL', 'REPLY')),
  -- The calendar object in whole lines; they are folded, and addresses of links filled in, when the mail is sent.
  add column calendar text check (octet_length(calendar) <= 65536),
  add constraint mail_calendar_and_method check ((calendar is null) = (calendar_method is null));

-- A file is kept once, however many mails carry it.
create table mail_file (
  hash bytea primary key generated always as (sha256(content)) stored,
  content bytea not null check (octet_length(content) <= 10485760)
);

create table mail_attachment (
  mail_id uuid not null references mail (id),
  position integer not null check (position between 1 and 10),
  file_name text not null check (length(file_name) between 1 and 200),
  content_type text not null check (length(content_type) between 3 and 200),
  file_hash bytea not null references mail_file (hash),
  primary key (mail_id, position)
);

-- So that a mail finds its file without reading and hashing it.
alter table definition_asset add column content_hash bytea not null generated always as (sha256(content)) stored;
