-- Numbered versions of what an engagement agrees on: needs, plan, minutes. The content of a version never changes; a correction is the next one.
create table document_version (
  id uuid primary key,
  engagement_id uuid not null references engagement (id),
  kind text not null check (kind ~ '^[a-z][a-z0-9-]{0,39}$'),
  number integer not null check (number > 0),
  definition_version_id text not null,
  form_path text not null,
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  state text not null default 'proposed' check (state in ('proposed', 'replaced', 'frozen')),
  proposed_at timestamptz not null,
  proposed_by text,
  frozen_at timestamptz,
  frozen_by text,
  instance_id uuid not null,
  unique (engagement_id, kind, number),
  check ((state = 'frozen') = (frozen_at is not null)),
  check ((frozen_at is null) = (frozen_by is null))
);
-- Of a document one version at most is asked about.
create unique index document_version_proposed on document_version (engagement_id, kind) where state = 'proposed';

create function keep_document_content() returns trigger
language plpgsql as $$
begin
  if (new.id, new.engagement_id, new.kind, new.number, new.content_hash, new.definition_version_id, new.form_path, new.proposed_at)
     is distinct from (old.id, old.engagement_id, old.kind, old.number, old.content_hash, old.definition_version_id, old.form_path, old.proposed_at)
     or old.state <> 'proposed' and new.state <> old.state then
    raise exception 'Version % of document ''%'' is kept as it is. A correction is the next version.', old.number, old.kind;
  end if;
  return new;
end
$$;
create trigger document_version_kept before update on document_version for each row execute function keep_document_content();

alter table task add column panel_id uuid;
alter table task add column document_version_id uuid references document_version (id);
-- Each voice counts once in an approval by several people.
create unique index task_panel_voice on task (panel_id, completed_by_id) where panel_id is not null and completed_by_id is not null;
alter table link add column document_version_id uuid references document_version (id);
