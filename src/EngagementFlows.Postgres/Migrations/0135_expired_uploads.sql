-- What nobody decides about gives up its content after a while: a file of clients holds people's addresses, and nobody waits for it any more.
alter table client_import
  drop constraint client_import_state_check,
  drop constraint client_import_check,
  drop constraint client_import_check2;
alter table client_import
  add constraint client_import_state_check check (state in ('faulty', 'previewed', 'queued', 'running', 'starting', 'done', 'failed', 'cancelled', 'expired')),
  add constraint client_import_faulty_check check ((state = 'faulty') = (fault_count > 0) or state in ('failed', 'cancelled', 'expired')),
  add constraint client_import_over_check check ((state in ('done', 'failed', 'cancelled', 'expired')) = (ended_at is not null)),
  add constraint client_import_emptied_check check (ended_at is null or content is null);
create index client_import_undecided on client_import (uploaded_at) where state in ('faulty', 'previewed');
-- From now on the lines that a preview shows go with the content; those of before go here.
update client_import set preview = (preview::jsonb || '{"sample": [], "faults": []}')::json where ended_at is not null;

alter table definition_import
  drop constraint definition_import_state_check,
  drop constraint definition_import_check1,
  drop constraint definition_import_check2;
alter table definition_import
  add constraint definition_import_state_check check (state in ('faulty', 'previewed', 'done', 'cancelled', 'expired')),
  add constraint definition_import_over_check check ((state in ('done', 'cancelled', 'expired')) = (ended_at is not null)),
  add constraint definition_import_decided_check check ((state in ('done', 'cancelled')) = (ended_by is not null));
create index definition_import_undecided on definition_import (uploaded_at) where state = 'previewed';
