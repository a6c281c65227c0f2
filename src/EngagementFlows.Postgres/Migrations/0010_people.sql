-- Members of staff. Accounts (passwords) stand apart: not everybody who is named in a flow signs in.
create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 320),
  roles text[] not null default '{}'
    check (roles <@ array['operator', 'architect', 'account-manager', 'administrator', 'auditor']),
  language text not null default 'en' check (language in ('en', 'zh-CN')),
  zone text not null default 'UTC' check (length(zone) between 1 and 100),
  phone text check (length(phone) between 1 and 40),
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);

-- A mail address names one person, however it is written.
create unique index person_email on person (lower(email));
