-- Drafts that are drawn in the designer: saved in place, counted, and run only as snapshots of their own.

alter table definition
  add column description text,
  -- Made in the designer. While it is a draft its content changes in place, and nothing runs on it; every other version's logic stays as it is.
  add column is_drawn boolean not null default false,
  -- How often it was saved: an editor that loaded an older one is told instead of writing over it.
  add column revision integer not null default 0 check (revision >= 0),
  add column saved_at timestamptz,
  add column saved_by text,
  -- Everybody who drew it: nobody of them publishes it.
  add column authors text[] not null default '{}',
  -- The page that saved last, and its count of saves: saves of one page that overtake each other are told apart from those of another.
  add column editor text check (length(editor) between 1 and 100),
  add column editor_save bigint,
  -- The content with which it came in, if its picture was moved since: the file that it came from is still known.
  add column imported_hash text,
  -- Of a snapshot: what it was made of, without the picture.
  add column logic_hash text,
  add check ((saved_at is null) = (saved_by is null)),
  add check ((editor is null) = (editor_save is null));

-- A snapshot ('trial') is what test runs of a draft stay on. It has the draft's number, is never listed and never the latest.
alter table definition drop constraint definition_state_check;
alter table definition add constraint definition_state_check check (state in ('draft', 'submitted', 'published', 'retired', 'trial'));
alter table definition add check ((state = 'trial') = (logic_hash is not null));
alter table definition drop constraint definition_definition_id_version_key;
create unique index definition_version on definition (definition_id, version) where state <> 'trial';
create unique index definition_drawn on definition (definition_id) where is_drawn and state = 'draft';
create index definition_trial on definition (definition_id, version, logic_hash) where state = 'trial';
drop index definition_content;
create index definition_content on definition (definition_id, content_hash) where state <> 'trial';

-- Numbers of versions that were deleted: none is given twice, since everything that knows a version knows it by its number.
create table definition_number (
  definition_id text primary key check (length(definition_id) between 1 and 400),
  last_version integer not null check (last_version > 0)
);

-- Lists show the description without reading the definitions. A text with comments is not JSON to the database; its list line does without.
do $$
declare
  stored record;
begin
  for stored in select id, json from definition loop
    begin
      update definition set description = nullif(btrim(stored.json::jsonb ->> 'description'), '') where id = stored.id;
    exception when data_exception then
      null;
    end;
  end loop;
end
$$;
