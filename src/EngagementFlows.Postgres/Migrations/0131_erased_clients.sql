-- A client's person data is erased on request: texts are emptied, ids, dates and counts stay.
alter table client add column erased_at timestamptz;
alter table mail add column erased_at timestamptz;

-- An entry of the audit keeps its place, its hash and who did what; only its free text goes. That it went, and what the rest of the entry was, stands in a later
-- entry of the same chain ("DetailsErased"), so that nobody can pass off another change as an erasure.
alter table audit add column erased_at timestamptz;
alter table audit add check (erased_at is null or detail is null);

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  -- The one exception: the transaction that erases a client says so of itself, and empties texts.
  if tg_op = 'UPDATE' and current_setting('engagementflows.erasing', true) = 'on' then
    return null;
  end if;
  raise exception 'Table % is append-only.', tg_table_name;
end
$$;
