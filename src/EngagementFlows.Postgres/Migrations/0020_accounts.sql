-- Who may sign in. The person itself (name, mail address, roles) is the domain's; an account adds a password to it.
create table account (
  person_id uuid primary key references person (id),
  -- Null until the person has set a password by a one-time link. Nobody has a default password.
  password_hash text check (length(password_hash) between 1 and 1000),
  password_set_at timestamptz,
  -- Changes with the password: a session keeps the stamp with which it began, and ends when they differ.
  session_stamp bytea not null check (octet_length(session_stamp) = 16),
  failures integer not null default 0 check (failures >= 0),
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  check ((password_hash is null) = (password_set_at is null))
);

-- One-time links by which a person sets a password. Only the hash of the token: nothing in a dump opens a page.
create table account_link (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  person_id uuid not null references account (person_id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at > created_at)
);

create index account_link_person_id on account_link (person_id);

-- The keys that protect cookies, shared by all processes. The text is encrypted under the key file.
create table data_protection_key (
  name text primary key check (length(name) between 1 and 200),
  xml text not null,
  created_at timestamptz not null default now()
);
