-- Who returned a submitted version, when, and what he wants changed: its author reads it until he submits again.
alter table definition
  add column returned_at timestamptz,
  add column returned_by text,
  add column return_comment text check (length(return_comment) between 1 and 2000),
  add constraint definition_return_whole check ((returned_at is null) = (returned_by is null) and (returned_at is null) = (return_comment is null));
