-- When people work: the calendars that the firm keeps. Holidays of countries come with the product; a client's calendar follows from where he is.
create table calendar (
  -- The name by which flows call it.
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,39}$' and id <> 'client'),
  name_en text not null check (length(name_en) between 1 and 100),
  name_zh text not null check (length(name_zh) between 1 and 100),
  -- IANA name; null = the zone of the firm's office.
  zone text check (length(zone) between 1 and 100),
  -- ISO 3166 code of the country whose holidays it has; null = only its own days.
  country text check (country ~ '^[A-Z]{2}$'),
  -- Hours by day: {"monday": ["09:00-12:00", "13:00-18:00"], "makeUpDay": [...]}; a day that is missing is free.
  week text not null check (length(week) between 2 and 4000),
  revision bigint not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);

-- Days that are not what the week and the country say.
create table calendar_day (
  calendar_id text not null references calendar (id) on delete cascade,
  date date not null,
  is_working_day boolean not null,
  name_en text not null check (length(name_en) between 1 and 200),
  name_zh text not null check (length(name_zh) between 1 and 200),
  primary key (calendar_id, date)
);

insert into calendar (id, name_en, name_zh, week, changed_at, changed_by)
values ('firm', 'The firm', '本公司',
        '{"monday":["09:00-12:00","13:00-18:00"],"tuesday":["09:00-12:00","13:00-18:00"],"wednesday":["09:00-12:00","13:00-18:00"],"thursday":["09:00-12:00","13:00-18:00"],"friday":["09:00-12:00","13:00-18:00"],"makeUpDay":["09:00-12:00","13:00-18:00"]}',
        now(), 'system');

-- Where the client is; null = the country of the contact's zone.
alter table client add column country text check (country ~ '^[A-Z]{2}$');
