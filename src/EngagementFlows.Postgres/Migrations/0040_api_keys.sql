-- Keys by which programs call the API, made in the console. Only the hash of the secret stands here: nothing in a dump opens a door.
create table api_key (
  id uuid primary key,
  -- Names the program in the audit, also after the key is dead: no name comes twice.
  name text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'start', 'operate', 'tasks', 'clients', 'definitions', 'people']),
  -- Whose tasks the program may complete; null = nobody's.
  acts_for uuid references person (id),
  created_at timestamptz not null,
  created_by text not null,
  -- Null = until it is revoked.
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  -- The one column that a request with the key changes, at most once a minute.
  last_used_at timestamptz,
  check (expires_at > created_at),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index api_key_name on api_key (lower(name));
