-- The schema after all migrations, written by SchemaText and compared by a test. Read it; change it only by a new migration.

create table account (
  person_id uuid not null,
  password_hash text,
  password_set_at timestamp with time zone,
  session_stamp bytea not null,
  failures integer not null default 0,
  locked_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (person_id),
  CHECK (((length(password_hash) >= 1) AND (length(password_hash) <= 1000))),
  CHECK (((password_hash IS NULL) = (password_set_at IS NULL))),
  CHECK ((failures >= 0)),
  CHECK ((octet_length(session_stamp) = 16)),
  FOREIGN KEY (person_id) REFERENCES person(id)
);

create table account_link (
  person_id uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  id uuid not null,
  PRIMARY KEY (id),
  CHECK ((expires_at > created_at)),
  FOREIGN KEY (person_id) REFERENCES account(person_id)
);
CREATE INDEX account_link_person_id on account_link USING btree (person_id);

create table api_key (
  id uuid not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  acts_for uuid,
  created_at timestamp with time zone not null,
  created_by text not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by text,
  last_used_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'start'::text, 'operate'::text, 'tasks'::text, 'clients'::text, 'definitions'::text, 'people'::text]))),
  CHECK (((revoked_at IS NULL) = (revoked_by IS NULL))),
  CHECK ((expires_at > created_at)),
  CHECK ((name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'::text)),
  CHECK ((octet_length(secret_hash) = 32)),
  FOREIGN KEY (acts_for) REFERENCES person(id),
  UNIQUE (secret_hash)
);
CREATE UNIQUE INDEX api_key_name on api_key USING btree (lower(name));

create table audit (
  chain text not null,
  sequence bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  act text not null,
  subject text not null,
  detail json,
  previous_hash bytea not null,
  hash bytea not null,
  erased_at timestamp with time zone,
  PRIMARY KEY (chain, sequence),
  CHECK (((erased_at IS NULL) OR (detail IS NULL))),
  CHECK ((octet_length(hash) = 32)),
  CHECK ((sequence > 0))
);
CREATE INDEX audit_time on audit USING btree (at);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table audit_head (
  chain text not null,
  sequence bigint not null,
  hash bytea not null,
  PRIMARY KEY (chain)
) with (fillfactor=50);

create table bookmark (
  instance_id uuid not null,
  id uuid not null,
  activity_id text not null,
  execution_id uuid not null,
  name text not null,
  key text,
  correlation_id text,
  due_at timestamp with time zone,
  created_at timestamp with time zone not null,
  PRIMARY KEY (instance_id, id),
  CHECK ((octet_length(correlation_id) <= 1200)),
  CHECK ((octet_length(key) <= 1200))
);
CREATE INDEX bookmark_match on bookmark USING btree (key, correlation_id, name) WHERE (key IS NOT NULL);

create table calendar (
  id text not null,
  name_en text not null,
  name_zh text not null,
  zone text,
  country text,
  week text not null,
  revision bigint not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  published_through integer,
  serves_clients boolean not null default false,
  PRIMARY KEY (id),
  CHECK (((NOT serves_clients) OR (country IS NOT NULL))),
  CHECK (((id ~ '^[a-z][a-z0-9-]{0,39}$'::text) AND (id <> 'client'::text))),
  CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 100))),
  CHECK (((length(week) >= 2) AND (length(week) <= 4000))),
  CHECK (((length(zone) >= 1) AND (length(zone) <= 100))),
  CHECK (((published_through >= 2000) AND (published_through <= 2200))),
  CHECK ((country ~ '^[A-Z]{2}$'::text))
);
CREATE UNIQUE INDEX calendar_of_clients on calendar USING btree (country) WHERE serves_clients;

create table calendar_day (
  calendar_id text not null,
  date date not null,
  is_working_day boolean not null,
  name_en text not null,
  name_zh text not null,
  PRIMARY KEY (calendar_id, date),
  CHECK (((length(name_en) >= 1) AND (length(name_en) <= 200))),
  CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 200))),
  FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE CASCADE
);

create table catch_up (
  singleton boolean not null default true,
  second timestamp with time zone not null default '-infinity'::timestamp with time zone,
  released integer not null default 0,
  PRIMARY KEY (singleton),
  CHECK (singleton)
) with (fillfactor=20);

create table client (
  id uuid not null,
  external_id text not null,
  name text not null,
  industry text,
  tier smallint not null default 2,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  country text,
  erased_at timestamp with time zone,
  is_internal boolean not null default false,
  PRIMARY KEY (id),
  CHECK (((length(external_id) >= 1) AND (length(external_id) <= 100))),
  CHECK (((length(industry) >= 1) AND (length(industry) <= 200))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((tier >= 1) AND (tier <= 3))),
  CHECK ((country ~ '^[A-Z]{2}$'::text)),
  UNIQUE (external_id)
);
CREATE UNIQUE INDEX client_internal on client USING btree (is_internal) WHERE is_internal;
CREATE INDEX client_name on client USING btree (name, id);

create table client_import (
  id uuid not null,
  file_name text not null,
  content bytea,
  state text not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by text not null,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  starts_flows boolean not null default false,
  preview json not null,
  lines integer not null,
  made integer not null default 0,
  changed integer not null default 0,
  same integer not null default 0,
  fault_count integer not null,
  lines_done integer not null default 0,
  attempt integer not null default 0,
  lease_expires_at timestamp with time zone,
  ended_at timestamp with time zone,
  failure text,
  failure_zh text,
  PRIMARY KEY (id),
  CHECK ((((state = 'faulty'::text) = (fault_count > 0)) OR (state = ANY (ARRAY['failed'::text, 'cancelled'::text, 'expired'::text])))),
  CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  CHECK (((ended_at IS NULL) OR (content IS NULL))),
  CHECK (((length(confirmed_by) >= 1) AND (length(confirmed_by) <= 200))),
  CHECK (((length(failure) >= 1) AND (length(failure) <= 2000))),
  CHECK (((length(failure_zh) >= 1) AND (length(failure_zh) <= 2000))),
  CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  CHECK (((length(uploaded_by) >= 1) AND (length(uploaded_by) <= 200))),
  CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text, 'expired'::text])) = (ended_at IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['running'::text, 'starting'::text])) = (lease_expires_at IS NOT NULL))),
  CHECK ((attempt >= 0)),
  CHECK ((changed >= 0)),
  CHECK ((fault_count >= 0)),
  CHECK ((lines >= 0)),
  CHECK ((lines_done >= 0)),
  CHECK ((made >= 0)),
  CHECK ((octet_length(content) <= 67108864)),
  CHECK ((same >= 0)),
  CHECK ((state = ANY (ARRAY['faulty'::text, 'previewed'::text, 'queued'::text, 'running'::text, 'starting'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'expired'::text])))
);
CREATE INDEX client_import_undecided on client_import USING btree (uploaded_at) WHERE (state = ANY (ARRAY['faulty'::text, 'previewed'::text]));
CREATE INDEX client_import_uploaded on client_import USING btree (uploaded_at DESC, id);
CREATE INDEX client_import_waiting on client_import USING btree (confirmed_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text, 'starting'::text]));

create table client_import_line (
  import_id uuid not null,
  line integer not null,
  client_id uuid not null,
  contact_id uuid not null,
  engagement_id uuid not null,
  external_id text not null,
  client text not null,
  industry text,
  tier integer not null,
  contact text not null,
  email text not null,
  phone text,
  language text not null,
  zone text not null,
  title text not null,
  owner_id uuid not null,
  architect_id uuid,
  country text,
  PRIMARY KEY (import_id, line)
);

create table client_import_start (
  import_id uuid not null,
  engagement_id uuid not null,
  PRIMARY KEY (import_id, engagement_id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (import_id) REFERENCES client_import(id) ON DELETE CASCADE
);

create table clock (
  id uuid not null,
  engagement_id uuid not null,
  instance_id uuid not null,
  case_id uuid,
  name text not null,
  class text,
  started_at timestamp with time zone not null,
  time_limit text not null,
  calendar text not null,
  calendar_version text not null,
  due_at timestamp with time zone not null,
  is_provisional boolean not null,
  state text not null default 'running'::text,
  stopped_at timestamp with time zone,
  is_kept boolean,
  elapsed interval,
  PRIMARY KEY (id),
  CHECK (((length(calendar) >= 1) AND (length(calendar) <= 200))),
  CHECK (((length(class) >= 1) AND (length(class) <= 200))),
  CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CHECK (((length(time_limit) >= 1) AND (length(time_limit) <= 60))),
  CHECK (((state = 'running'::text) = (stopped_at IS NULL))),
  CHECK (((state = 'stopped'::text) = (elapsed IS NOT NULL))),
  CHECK (((state = 'stopped'::text) = (is_kept IS NOT NULL))),
  CHECK ((length(calendar_version) <= 400)),
  CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'closed'::text]))),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id)
) with (fillfactor=80);
CREATE INDEX clock_case on clock USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX clock_engagement on clock USING btree (engagement_id, id);
CREATE INDEX clock_instance on clock USING btree (instance_id, id);
CREATE INDEX clock_running on clock USING btree (due_at, id) WHERE (state = 'running'::text);
CREATE INDEX clock_stopped on clock USING btree (stopped_at, id) WHERE (state = 'stopped'::text);
CREATE TRIGGER clock_decided_once BEFORE UPDATE ON public.clock FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ended_clock();

create table closed_instance (
  instance_id uuid not null,
  engagement_id uuid not null,
  PRIMARY KEY (instance_id),
  FOREIGN KEY (engagement_id) REFERENCES internal_engagement(engagement_id)
);

create table contact (
  id uuid not null,
  client_id uuid not null,
  external_id text,
  name text not null,
  email text not null,
  phone text,
  language text not null,
  zone text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK (((length(email) >= 3) AND (length(email) <= 254))),
  CHECK (((length(external_id) >= 1) AND (length(external_id) <= 100))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((length(phone) >= 1) AND (length(phone) <= 40))),
  CHECK (((length(zone) >= 1) AND (length(zone) <= 100))),
  CHECK ((language = ANY (ARRAY['en'::text, 'zh-CN'::text]))),
  FOREIGN KEY (client_id) REFERENCES client(id),
  UNIQUE (external_id)
);
CREATE INDEX contact_client on contact USING btree (client_id);
CREATE TRIGGER contact_is_somebody_else AFTER UPDATE ON public.contact REFERENCING OLD TABLE AS contacts_before NEW TABLE AS contacts_after FOR EACH STATEMENT EXECUTE FUNCTION take_back_links_of_changed_contacts();

create table data_protection_key (
  name text not null,
  xml text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (name),
  CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

create table definition (
  id text not null,
  definition_id text not null,
  version integer not null,
  name text,
  state text not null,
  content_hash text not null,
  "json" text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  submitted_by text,
  published_at timestamp with time zone,
  published_by text,
  name_zh text,
  description text,
  is_drawn boolean not null default false,
  revision integer not null default 0,
  saved_at timestamp with time zone,
  saved_by text,
  authors text[] not null default '{}'::text[],
  editor text,
  editor_save bigint,
  imported_hash text,
  logic_hash text,
  returned_at timestamp with time zone,
  returned_by text,
  return_comment text,
  description_zh text,
  PRIMARY KEY (id),
  CHECK ((((returned_at IS NULL) = (returned_by IS NULL)) AND ((returned_at IS NULL) = (return_comment IS NULL)))),
  CHECK (((editor IS NULL) = (editor_save IS NULL))),
  CHECK (((length(definition_id) >= 1) AND (length(definition_id) <= 400))),
  CHECK (((length(editor) >= 1) AND (length(editor) <= 100))),
  CHECK (((length(id) >= 1) AND (length(id) <= 400))),
  CHECK (((length(return_comment) >= 1) AND (length(return_comment) <= 2000))),
  CHECK (((saved_at IS NULL) = (saved_by IS NULL))),
  CHECK (((state = 'trial'::text) = (logic_hash IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['published'::text, 'retired'::text])) = (published_at IS NOT NULL))),
  CHECK ((revision >= 0)),
  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'published'::text, 'retired'::text, 'trial'::text]))),
  CHECK ((version > 0))
);
CREATE INDEX definition_content on definition USING btree (definition_id, content_hash) WHERE (state <> 'trial'::text);
CREATE UNIQUE INDEX definition_drawn on definition USING btree (definition_id) WHERE (is_drawn AND (state = 'draft'::text));
CREATE UNIQUE INDEX definition_published on definition USING btree (definition_id) WHERE (state = 'published'::text);
CREATE INDEX definition_trial on definition USING btree (definition_id, version, logic_hash) WHERE (state = 'trial'::text);
CREATE UNIQUE INDEX definition_version on definition USING btree (definition_id, version) WHERE (state <> 'trial'::text);

create table definition_asset (
  definition_version_id text not null,
  path text not null,
  content bytea not null,
  content_hash bytea not null generated always as (sha256(content)) stored,
  PRIMARY KEY (definition_version_id, path),
  CHECK (((length(path) >= 1) AND (length(path) <= 400))),
  FOREIGN KEY (definition_version_id) REFERENCES definition(id) ON DELETE CASCADE
);

create table definition_import (
  id uuid not null,
  file_name text not null,
  content bytea,
  state text not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by text not null,
  outcome json not null,
  ended_at timestamp with time zone,
  ended_by text,
  PRIMARY KEY (id),
  CHECK (((length(ended_by) >= 1) AND (length(ended_by) <= 200))),
  CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  CHECK (((length(uploaded_by) >= 1) AND (length(uploaded_by) <= 200))),
  CHECK (((state = 'previewed'::text) = (content IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['done'::text, 'cancelled'::text, 'expired'::text])) = (ended_at IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['done'::text, 'cancelled'::text])) = (ended_by IS NOT NULL))),
  CHECK ((octet_length(content) <= 16777216)),
  CHECK ((state = ANY (ARRAY['faulty'::text, 'previewed'::text, 'done'::text, 'cancelled'::text, 'expired'::text])))
);
CREATE INDEX definition_import_undecided on definition_import USING btree (uploaded_at) WHERE (state = 'previewed'::text);
CREATE INDEX definition_import_uploaded on definition_import USING btree (uploaded_at DESC, id);

create table definition_number (
  definition_id text not null,
  last_version integer not null,
  PRIMARY KEY (definition_id),
  CHECK (((length(definition_id) >= 1) AND (length(definition_id) <= 400))),
  CHECK ((last_version > 0))
);

create table document_version (
  id uuid not null,
  engagement_id uuid not null,
  kind text not null,
  number integer not null,
  definition_version_id text not null,
  form_path text not null,
  content jsonb not null,
  content_hash text not null,
  state text not null default 'proposed'::text,
  proposed_at timestamp with time zone not null,
  proposed_by text,
  frozen_at timestamp with time zone,
  frozen_by text,
  instance_id uuid not null,
  PRIMARY KEY (id),
  CHECK (((frozen_at IS NULL) = (frozen_by IS NULL))),
  CHECK (((state = 'frozen'::text) = (frozen_at IS NOT NULL))),
  CHECK ((content_hash ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((jsonb_typeof(content) = 'object'::text)),
  CHECK ((kind ~ '^[a-z][a-z0-9-]{0,39}$'::text)),
  CHECK ((number > 0)),
  CHECK ((state = ANY (ARRAY['proposed'::text, 'replaced'::text, 'frozen'::text]))),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  UNIQUE (engagement_id, kind, number)
);
CREATE UNIQUE INDEX document_version_proposed on document_version USING btree (engagement_id, kind) WHERE (state = 'proposed'::text);
CREATE TRIGGER document_version_kept BEFORE UPDATE ON public.document_version FOR EACH ROW EXECUTE FUNCTION keep_document_content();

create table engagement (
  id uuid not null,
  client_id uuid not null,
  contact_id uuid not null,
  external_id text,
  owner_id uuid not null,
  architect_id uuid,
  stage text not null,
  title text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK (((length(external_id) >= 1) AND (length(external_id) <= 100))),
  CHECK (((length(title) >= 1) AND (length(title) <= 200))),
  CHECK ((stage = ANY (ARRAY['prospect'::text, 'intake'::text, 'review'::text, 'approved'::text, 'rejected'::text, 'dormant'::text, 'needs'::text, 'planning'::text, 'delivery'::text, 'closed'::text, 'internal'::text]))),
  FOREIGN KEY (architect_id) REFERENCES person(id),
  FOREIGN KEY (client_id) REFERENCES client(id),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (owner_id) REFERENCES person(id),
  UNIQUE (external_id)
);
CREATE INDEX engagement_architect on engagement USING btree (architect_id) WHERE (architect_id IS NOT NULL);
CREATE INDEX engagement_client on engagement USING btree (client_id);
CREATE INDEX engagement_owner on engagement USING btree (owner_id);

create table engagement_case (
  id uuid not null,
  engagement_id uuid not null,
  instance_id uuid not null,
  kind text not null,
  class text not null,
  subject text not null,
  description text,
  raised_by text not null,
  state text not null default 'open'::text,
  owner_id uuid,
  owned_at timestamp with time zone,
  rung smallint not null default 0,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  outcome text,
  satisfaction smallint,
  lesson text,
  revision bigint not null default 1,
  PRIMARY KEY (id),
  CHECK (((length(outcome) >= 1) AND (length(outcome) <= 200))),
  CHECK (((length(raised_by) >= 1) AND (length(raised_by) <= 320))),
  CHECK (((length(subject) >= 1) AND (length(subject) <= 200))),
  CHECK (((owner_id IS NULL) = (owned_at IS NULL))),
  CHECK (((rung >= 0) AND (rung <= 9))),
  CHECK (((satisfaction >= 1) AND (satisfaction <= 5))),
  CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  CHECK (((state = 'closed'::text) = (outcome IS NOT NULL))),
  CHECK ((class = ANY (ARRAY['urgent'::text, 'high'::text, 'normal'::text]))),
  CHECK ((kind = ANY (ARRAY['question'::text, 'complaint'::text]))),
  CHECK ((length(description) <= 10000)),
  CHECK ((length(lesson) <= 10000)),
  CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (owner_id) REFERENCES person(id)
) with (fillfactor=80);
CREATE INDEX engagement_case_engagement on engagement_case USING btree (engagement_id, id);
CREATE INDEX engagement_case_instance on engagement_case USING btree (instance_id);
CREATE INDEX engagement_case_lesson on engagement_case USING btree (id) WHERE (lesson IS NOT NULL);
CREATE INDEX engagement_case_open on engagement_case USING btree (opened_at, id) WHERE (state = 'open'::text);
CREATE INDEX engagement_case_owner on engagement_case USING btree (owner_id, owned_at);

create table event (
  id uuid not null,
  name text not null,
  correlation_id text,
  local_instance_id uuid,
  payload json,
  published_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  started_instances uuid[] not null,
  PRIMARY KEY (id),
  CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 1200))),
  CHECK ((expires_at > published_at)),
  CHECK ((octet_length(correlation_id) <= 1200))
);
CREATE INDEX event_expiry on event USING btree (expires_at);
CREATE INDEX event_unused on event USING btree (name, published_at) WHERE (used_at IS NULL);

create table form_answer (
  id uuid not null,
  source text not null,
  engagement_id uuid not null,
  contact_id uuid,
  person_id uuid,
  definition_version_id text not null,
  form_path text not null,
  answered_at timestamp with time zone not null,
  answers jsonb not null,
  PRIMARY KEY (id),
  CHECK (((source = 'link'::text) = (contact_id IS NOT NULL))),
  CHECK (((source = 'task'::text) = (person_id IS NOT NULL))),
  CHECK ((source = ANY (ARRAY['link'::text, 'task'::text]))),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (person_id) REFERENCES person(id)
);
CREATE INDEX form_answer_engagement on form_answer USING btree (engagement_id, id);

create table form_answer_value (
  form_answer_id uuid not null,
  ordinal integer not null,
  question text not null,
  kind text not null,
  text_value text,
  number_value numeric,
  date_value date,
  flag_value boolean,
  choices text[],
  row_number integer,
  PRIMARY KEY (form_answer_id, ordinal),
  CHECK ((kind = ANY (ARRAY['text'::text, 'comment'::text, 'number'::text, 'date'::text, 'email'::text, 'boolean'::text, 'choice'::text, 'choices'::text, 'rating'::text]))),
  CHECK ((num_nonnulls(text_value, number_value, date_value, flag_value, choices) = 1)),
  CHECK ((row_number >= 1)),
  FOREIGN KEY (form_answer_id) REFERENCES form_answer(id) ON DELETE CASCADE
);
CREATE INDEX form_answer_value_question on form_answer_value USING btree (question);

create table hook (
  name text not null,
  event_name text not null,
  correlation_path text,
  secret text not null,
  state text not null default 'active'::text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  PRIMARY KEY (name),
  CHECK (((length(correlation_path) >= 1) AND (length(correlation_path) <= 300))),
  CHECK (((length(event_name) >= 1) AND (length(event_name) <= 300))),
  CHECK ((name ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text])))
);

create table idempotency (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  answer bytea not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (caller, key),
  CHECK (((octet_length(key) >= 1) AND (octet_length(key) <= 400))),
  CHECK ((octet_length(request_hash) = 32))
);
CREATE INDEX idempotency_age on idempotency USING btree (created_at);

create table inbox (
  instance_id uuid not null,
  id uuid not null,
  due_at timestamp with time zone not null,
  kind text not null,
  bookmark_id uuid,
  payload json,
  created_at timestamp with time zone not null,
  failures integer not null default 0,
  parked_at timestamp with time zone,
  error text,
  held_due_at timestamp with time zone,
  PRIMARY KEY (instance_id, id),
  CHECK (((held_due_at IS NULL) OR ((due_at = 'infinity'::timestamp with time zone) AND (parked_at IS NULL)))),
  CHECK (((kind = 'timer'::text) = (payload IS NULL))),
  CHECK (((kind = ANY (ARRAY['timer'::text, 'resume'::text])) = (bookmark_id IS NOT NULL))),
  CHECK (((parked_at IS NULL) OR ((error IS NOT NULL) AND (due_at = 'infinity'::timestamp with time zone)))),
  CHECK ((kind = ANY (ARRAY['start'::text, 'resume'::text, 'timer'::text, 'cancel'::text, 'retry'::text, 'skip'::text])))
) with (fillfactor=90);
CREATE INDEX inbox_due on inbox USING btree (due_at, id);
CREATE INDEX inbox_held on inbox USING btree (held_due_at) WHERE (held_due_at IS NOT NULL);
CREATE INDEX inbox_parked on inbox USING btree (parked_at) WHERE (parked_at IS NOT NULL);

create table incarnation (
  id uuid not null,
  began_at timestamp with time zone not null,
  backup_taken_at timestamp with time zone not null,
  begun_by text not null,
  PRIMARY KEY (id),
  CHECK (((length(begun_by) >= 1) AND (length(begun_by) <= 200)))
);

create table incident (
  instance_id uuid not null,
  id uuid not null,
  activity_id text,
  activity_type text,
  execution_id uuid,
  message text not null,
  innermost text not null,
  expression text,
  line integer not null default 0,
  value text,
  attempt integer not null,
  opened_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolution text,
  reason text,
  resolved_by text,
  PRIMARY KEY (instance_id, id),
  CHECK (((resolved_at IS NULL) = (resolution IS NULL))),
  CHECK ((attempt > 0)),
  CHECK ((resolution = ANY (ARRAY['retried'::text, 'skipped'::text, 'cancelled'::text])))
);
CREATE INDEX incident_id on incident USING btree (id);
CREATE INDEX incident_open on incident USING btree (id) WHERE (resolved_at IS NULL);

create table instance (
  id uuid not null,
  definition_id text not null,
  definition_version_id text not null,
  version integer not null,
  status text not null,
  correlation_id text,
  name text,
  parent_instance_id uuid,
  parent_bookmark_id uuid,
  revision bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  is_stalled boolean not null,
  open_incidents integer not null,
  state bytea not null,
  PRIMARY KEY (id),
  CHECK (((finished_at IS NOT NULL) = (status = ANY (ARRAY['finished'::text, 'cancelled'::text, 'faulted'::text])))),
  CHECK (((length(definition_id) >= 1) AND (length(definition_id) <= 400))),
  CHECK ((NOT (is_stalled AND (finished_at IS NOT NULL)))),
  CHECK ((octet_length(correlation_id) <= 1200)),
  CHECK ((open_incidents >= 0)),
  CHECK ((revision > 0)),
  CHECK ((status = ANY (ARRAY['pending'::text, 'suspended'::text, 'finished'::text, 'cancelled'::text, 'faulted'::text])))
) with (fillfactor=70);
CREATE INDEX instance_correlation on instance USING btree (correlation_id, id) WHERE (correlation_id IS NOT NULL);
CREATE INDEX instance_definition on instance USING btree (definition_id, id);
CREATE INDEX instance_parent on instance USING btree (parent_instance_id, id) WHERE (parent_instance_id IS NOT NULL);
CREATE INDEX instance_stalled on instance USING btree (id) WHERE is_stalled;
CREATE INDEX instance_with_incidents on instance USING btree (id) WHERE (open_incidents > 0);
CREATE TRIGGER instance_child_of_closed AFTER INSERT ON public.instance FOR EACH ROW WHEN ((new.parent_instance_id IS NOT NULL)) EXECUTE FUNCTION note_closed_instance();
CREATE TRIGGER instance_of_closed_deleted AFTER DELETE ON public.instance FOR EACH ROW WHEN ((old.correlation_id IS NOT NULL)) EXECUTE FUNCTION note_closed_instance();

create table instance_ended_badly (
  instance_id uuid not null,
  PRIMARY KEY (instance_id)
);

create table internal_engagement (
  engagement_id uuid not null,
  correlation_id text not null generated always as (replace((engagement_id)::text, '-'::text, ''::text)) stored,
  kind text not null,
  person_id uuid,
  third_id uuid,
  readers uuid[],
  opened_at timestamp with time zone not null,
  PRIMARY KEY (engagement_id),
  CHECK (((cardinality(readers) >= 1) AND (cardinality(readers) <= 50))),
  CHECK (((kind <> 'personnel'::text) OR ((person_id IS NOT NULL) AND (readers IS NOT NULL)))),
  CHECK ((kind = ANY (ARRAY['personnel'::text, 'team'::text]))),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (third_id) REFERENCES person(id),
  UNIQUE (correlation_id)
);
CREATE UNIQUE INDEX internal_engagement_person on internal_engagement USING btree (person_id) WHERE (kind = 'personnel'::text);

create table journal (
  instance_id uuid not null,
  revision bigint not null,
  at timestamp with time zone not null,
  entries json not null,
  PRIMARY KEY (instance_id, revision, at)
) partition by RANGE (at);

create table link (
  id uuid not null,
  instance_id uuid not null,
  bookmark_id uuid not null,
  engagement_id uuid not null,
  contact_id uuid not null,
  definition_version_id text not null,
  form_path text not null,
  may_decline boolean not null,
  message text,
  state text not null default 'open'::text,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  outcome text,
  openings integer not null default 0,
  opened_at timestamp with time zone,
  machine_openings integer not null default 0,
  last_opened_at timestamp with time zone,
  replaces uuid,
  confirm_by_code boolean not null default false,
  document_version_id uuid,
  prefill jsonb,
  sent_to text,
  PRIMARY KEY (id),
  CHECK (((length(sent_to) >= 3) AND (length(sent_to) <= 254))),
  CHECK (((machine_openings >= 0) AND (machine_openings <= openings))),
  CHECK (((state = 'consumed'::text) = (outcome IS NOT NULL))),
  CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  CHECK ((expires_at > issued_at)),
  CHECK ((jsonb_typeof(prefill) = 'object'::text)),
  CHECK ((length(message) <= 10000)),
  CHECK ((outcome = ANY (ARRAY['Answered'::text, 'Declined'::text]))),
  CHECK ((state = ANY (ARRAY['open'::text, 'consumed'::text, 'ended'::text, 'revoked'::text]))),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (document_version_id) REFERENCES document_version(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (replaces) REFERENCES link(id)
) with (fillfactor=80);
CREATE INDEX link_engagement on link USING btree (engagement_id, id);
CREATE INDEX link_instance_id on link USING btree (instance_id, id);
CREATE UNIQUE INDEX link_open_wait on link USING btree (bookmark_id) WHERE (state = 'open'::text);
CREATE INDEX link_replaces on link USING btree (replaces) WHERE (replaces IS NOT NULL);

create table link_code (
  id uuid not null,
  link_id uuid not null,
  key_id text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  tries smallint not null default 0,
  ended_at timestamp with time zone,
  used_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((length(key_id) >= 1) AND (length(key_id) <= 16))),
  CHECK (((tries >= 0) AND (tries <= 5))),
  CHECK (((used_at IS NULL) OR ((ended_at IS NOT NULL) AND (used_at = ended_at)))),
  CHECK ((expires_at > made_at)),
  FOREIGN KEY (link_id) REFERENCES link(id)
);
CREATE INDEX link_code_link on link_code USING btree (link_id, made_at);
CREATE UNIQUE INDEX link_code_live on link_code USING btree (link_id) WHERE (ended_at IS NULL);

create table mail (
  id uuid not null,
  sequence bigint not null generated as identity,
  instance_id uuid,
  engagement_id uuid,
  contact_id uuid,
  person_id uuid,
  from_email text,
  to_emails text[] not null,
  to_name text,
  cc_emails text[] not null default '{}'::text[],
  reply_to_email text,
  reply_to_name text,
  language text not null,
  template text,
  subject text not null,
  html text not null,
  text text not null,
  link_id uuid,
  effect_key text not null,
  created_at timestamp with time zone not null,
  audience text not null generated always as (
CASE
    WHEN (contact_id IS NOT NULL) THEN 'client'::text
    WHEN (person_id IS NOT NULL) THEN 'staff'::text
    ELSE 'other'::text
END) stored,
  recipient text not null,
  list_unsubscribe text,
  calendar_method text,
  calendar text,
  account_link_id uuid,
  link_code_id uuid,
  erased_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((calendar IS NULL) = (calendar_method IS NULL))),
  CHECK (((list_unsubscribe ~ '^(mailto|https):'::text) AND (length(list_unsubscribe) <= 1000))),
  CHECK (((octet_length(effect_key) >= 1) AND (octet_length(effect_key) <= 1200))),
  CHECK ((calendar_method = ANY (ARRAY['REQUEST'::text, 'CANCEL'::text, 'REPLY'::text]))),
  CHECK ((cardinality(to_emails) > 0)),
  CHECK ((language = ANY (ARRAY['en'::text, 'zh-CN'::text]))),
  CHECK ((octet_length(calendar) <= 65536)),
  FOREIGN KEY (account_link_id) REFERENCES account_link(id),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (link_code_id) REFERENCES link_code(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  UNIQUE (effect_key),
  UNIQUE (sequence)
);
CREATE INDEX mail_engagement on mail USING btree (engagement_id, sequence) WHERE (engagement_id IS NOT NULL);
CREATE INDEX mail_instance on mail USING btree (instance_id) WHERE (instance_id IS NOT NULL);

create table mail_attachment (
  mail_id uuid not null,
  "position" integer not null,
  file_name text not null,
  content_type text not null,
  file_hash bytea not null,
  PRIMARY KEY (mail_id, "position"),
  CHECK ((("position" >= 1) AND ("position" <= 10))),
  CHECK (((length(content_type) >= 3) AND (length(content_type) <= 200))),
  CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  FOREIGN KEY (file_hash) REFERENCES mail_file(hash),
  FOREIGN KEY (mail_id) REFERENCES mail(id)
);

create table mail_file (
  hash bytea not null generated always as (sha256(content)) stored,
  content bytea not null,
  PRIMARY KEY (hash),
  CHECK ((octet_length(content) <= 10485760))
);

create table meeting (
  id uuid not null,
  engagement_id uuid not null,
  instance_id uuid,
  series text,
  title_en text not null,
  title_zh text not null,
  agenda_en text,
  agenda_zh text,
  audience text not null,
  place text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  zone text not null,
  state text not null default 'planned'::text,
  sequence integer not null default 0,
  created_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  revision bigint not null default 1,
  link_id uuid,
  minutes_task_id uuid,
  PRIMARY KEY (id),
  CHECK (((agenda_en IS NULL) = (agenda_zh IS NULL))),
  CHECK (((length(place) >= 1) AND (length(place) <= 500))),
  CHECK (((length(series) >= 1) AND (length(series) <= 200))),
  CHECK (((length(title_en) >= 1) AND (length(title_en) <= 200))),
  CHECK (((length(title_zh) >= 1) AND (length(title_zh) <= 200))),
  CHECK (((length(zone) >= 1) AND (length(zone) <= 100))),
  CHECK (((state = 'planned'::text) = (closed_at IS NULL))),
  CHECK ((audience = ANY (ARRAY['internal'::text, 'client'::text]))),
  CHECK ((ends_at > starts_at)),
  CHECK ((length(agenda_en) <= 10000)),
  CHECK ((length(agenda_zh) <= 10000)),
  CHECK ((sequence >= 0)),
  CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'cancelled'::text, 'missed'::text]))),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id)
) with (fillfactor=80);
CREATE INDEX meeting_engagement on meeting USING btree (engagement_id, starts_at, id);
CREATE INDEX meeting_instance on meeting USING btree (instance_id);
CREATE INDEX meeting_starts on meeting USING btree (starts_at, id);

create table meeting_invitee (
  meeting_id uuid not null,
  "position" smallint not null,
  person_id uuid,
  contact_id uuid,
  answer text not null default 'none'::text,
  answered_at timestamp with time zone,
  proposed_at timestamp with time zone,
  comment text,
  PRIMARY KEY (meeting_id, "position"),
  CHECK ((("position" >= 1) AND ("position" <= 50))),
  CHECK (((answer = 'none'::text) = (answered_at IS NULL))),
  CHECK (((answer = 'proposed'::text) = (proposed_at IS NOT NULL))),
  CHECK ((answer = ANY (ARRAY['none'::text, 'accepted'::text, 'declined'::text, 'proposed'::text]))),
  CHECK ((length(comment) <= 10000)),
  CHECK ((num_nonnulls(person_id, contact_id) = 1)),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  FOREIGN KEY (person_id) REFERENCES person(id)
) with (fillfactor=80);
CREATE INDEX meeting_invitee_person on meeting_invitee USING btree (person_id) WHERE (person_id IS NOT NULL);

create table meeting_reminder (
  mail_id uuid not null,
  meeting_id uuid not null,
  "position" smallint not null,
  sequence integer not null,
  remind_at timestamp with time zone not null,
  PRIMARY KEY (mail_id),
  FOREIGN KEY (mail_id) REFERENCES mail(id),
  FOREIGN KEY (meeting_id, "position") REFERENCES meeting_invitee(meeting_id, "position")
);
CREATE INDEX meeting_reminder_meeting on meeting_reminder USING btree (meeting_id, "position");

create table milestone (
  id uuid not null,
  engagement_id uuid not null,
  document_version_id uuid,
  instance_id uuid not null,
  name text not null,
  first_planned_on date not null,
  planned_on date not null,
  reached_on date,
  reached_at timestamp with time zone,
  reached_by_id uuid,
  withdrawn_at timestamp with time zone,
  revision bigint not null default 1,
  PRIMARY KEY (id),
  CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  CHECK (((reached_at IS NULL) OR (withdrawn_at IS NULL))),
  CHECK (((reached_by_id IS NULL) OR (reached_at IS NOT NULL))),
  CHECK (((reached_on IS NULL) = (reached_at IS NULL))),
  FOREIGN KEY (document_version_id) REFERENCES document_version(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (reached_by_id) REFERENCES person(id),
  UNIQUE (engagement_id, name)
) with (fillfactor=80);
CREATE INDEX milestone_planned on milestone USING btree (engagement_id, planned_on, id);

create table outbox (
  id uuid not null,
  instance_id uuid,
  kind text not null,
  effect_key text not null,
  state text not null default 'pending'::text,
  due_at timestamp with time zone not null,
  attempt integer not null default 0,
  lease_owner uuid,
  lease_expires_at timestamp with time zone,
  payload json not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  answer text,
  failing_since timestamp with time zone,
  webhook_id uuid,
  held_state text,
  let_be_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((kind = 'webhook'::text) = (webhook_id IS NOT NULL))),
  CHECK (((lease_owner IS NULL) = (lease_expires_at IS NULL))),
  CHECK (((let_be_at IS NULL) OR (state = 'rejected'::text))),
  CHECK (((octet_length(effect_key) >= 1) AND (octet_length(effect_key) <= 1200))),
  CHECK (((state = 'held'::text) = (held_state IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['accepted'::text, 'rejected'::text, 'uncertain'::text])) = (ended_at IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['claimed'::text, 'sending'::text])) = (lease_owner IS NOT NULL))),
  CHECK ((held_state = ANY (ARRAY['pending'::text, 'claimed'::text, 'sending'::text]))),
  CHECK ((kind = ANY (ARRAY['mail'::text, 'http'::text, 'webhook'::text]))),
  CHECK ((state = ANY (ARRAY['pending'::text, 'claimed'::text, 'sending'::text, 'accepted'::text, 'rejected'::text, 'uncertain'::text, 'held'::text]))),
  UNIQUE (effect_key)
) with (fillfactor=80);
CREATE INDEX outbox_due on outbox USING btree (due_at, id) WHERE (state = 'pending'::text);
CREATE INDEX outbox_failing on outbox USING btree (failing_since) WHERE ((failing_since IS NOT NULL) AND (state = ANY (ARRAY['pending'::text, 'claimed'::text, 'sending'::text])));
CREATE INDEX outbox_held on outbox USING btree (id) WHERE (state = 'held'::text);
CREATE INDEX outbox_instance on outbox USING btree (instance_id) WHERE (instance_id IS NOT NULL);
CREATE INDEX outbox_leased on outbox USING btree (lease_expires_at) WHERE (state = ANY (ARRAY['claimed'::text, 'sending'::text]));
CREATE INDEX outbox_rejected on outbox USING btree (ended_at) WHERE (state = 'rejected'::text);
CREATE INDEX outbox_uncertain on outbox USING btree (id) WHERE (state = 'uncertain'::text);
CREATE INDEX outbox_webhook on outbox USING btree (webhook_id, id) WHERE (webhook_id IS NOT NULL);

create table person (
  id uuid not null,
  name text not null,
  email text not null,
  roles text[] not null default '{}'::text[],
  language text not null default 'en'::text,
  zone text not null default 'UTC'::text,
  phone text,
  is_active boolean not null default true,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((length(phone) >= 1) AND (length(phone) <= 40))),
  CHECK (((length(zone) >= 1) AND (length(zone) <= 100))),
  CHECK ((language = ANY (ARRAY['en'::text, 'zh-CN'::text]))),
  CHECK ((roles <@ ARRAY['operator'::text, 'architect'::text, 'account-manager'::text, 'administrator'::text, 'auditor'::text]))
);
CREATE UNIQUE INDEX person_email on person USING btree (lower(email));

create table promise_class (
  id text not null,
  name_en text not null,
  name_zh text not null,
  answer text not null,
  solution text not null,
  revision bigint not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  PRIMARY KEY (id),
  CHECK (((length(answer) >= 1) AND (length(answer) <= 60))),
  CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 100))),
  CHECK (((length(solution) >= 1) AND (length(solution) <= 60))),
  CHECK ((id ~ '^[a-z][a-z0-9-]{0,39}$'::text))
);

create table promise_tier (
  class_id text not null,
  tier smallint not null,
  answer text not null,
  solution text not null,
  PRIMARY KEY (class_id, tier),
  CHECK (((length(answer) >= 1) AND (length(answer) <= 60))),
  CHECK (((length(solution) >= 1) AND (length(solution) <= 60))),
  CHECK (((tier >= 1) AND (tier <= 3))),
  FOREIGN KEY (class_id) REFERENCES promise_class(id) ON DELETE CASCADE
);

create table provisional_date (
  reference_id uuid not null,
  kind text not null,
  instance_id uuid not null,
  engagement_id uuid not null,
  bookmark_id uuid,
  calendar text not null,
  version text not null,
  begun_at timestamp with time zone not null,
  duration text,
  due_at timestamp with time zone not null,
  PRIMARY KEY (reference_id),
  CHECK (((length(calendar) >= 1) AND (length(calendar) <= 200))),
  CHECK (((length(duration) >= 1) AND (length(duration) <= 60))),
  CHECK ((kind = ANY (ARRAY['task'::text, 'link'::text, 'wait'::text, 'clock'::text]))),
  CHECK ((length(version) <= 400)),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id)
);
CREATE INDEX provisional_date_due on provisional_date USING btree (due_at, reference_id);
CREATE INDEX provisional_date_instance on provisional_date USING btree (instance_id);

create table qrtz_blob_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  blob_data bytea,
  PRIMARY KEY (sched_name, trigger_name, trigger_group),
  FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

create table qrtz_calendars (
  sched_name text not null,
  calendar_name text not null,
  calendar bytea not null,
  PRIMARY KEY (sched_name, calendar_name)
);

create table qrtz_cron_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  cron_expression text not null,
  time_zone_id text,
  PRIMARY KEY (sched_name, trigger_name, trigger_group),
  FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

create table qrtz_execution_history (
  sched_name text not null,
  entry_id text not null,
  instance_name text not null,
  job_name text not null,
  job_group text not null,
  trigger_name text not null,
  trigger_group text not null,
  fired_time bigint not null,
  run_time bigint not null,
  succeeded boolean not null,
  error_message text,
  retry_attempt integer not null default 0,
  retry_scheduled boolean not null default false,
  execution_log text,
  result integer,
  summary text,
  metrics text,
  manual boolean,
  fire_instance_id text,
  job_input text,
  job_input_too_large boolean,
  PRIMARY KEY (sched_name, entry_id)
);
CREATE INDEX idx_qrtz_eh_fire_inst on qrtz_execution_history USING btree (sched_name, fire_instance_id);
CREATE INDEX idx_qrtz_eh_fired_time on qrtz_execution_history USING btree (sched_name, fired_time);
CREATE INDEX idx_qrtz_eh_inst on qrtz_execution_history USING btree (sched_name, instance_name);
CREATE INDEX idx_qrtz_eh_job_time on qrtz_execution_history USING btree (sched_name, job_group, job_name, fired_time);
CREATE INDEX idx_qrtz_eh_trig_time on qrtz_execution_history USING btree (sched_name, trigger_group, trigger_name, fired_time);

create table qrtz_fired_triggers (
  sched_name text not null,
  entry_id text not null,
  trigger_name text not null,
  trigger_group text not null,
  instance_name text not null,
  fired_time bigint not null,
  sched_time bigint not null,
  priority integer not null,
  state text not null,
  job_name text,
  job_group text,
  is_nonconcurrent boolean not null,
  requests_recovery boolean,
  execution_group character varying(200),
  progress integer,
  progress_message character varying(250),
  interrupt_requested_time bigint,
  PRIMARY KEY (sched_name, entry_id)
);
CREATE INDEX idx_qrtz_ft_inst_job_req_rcvry on qrtz_fired_triggers USING btree (sched_name, instance_name, requests_recovery);
CREATE INDEX idx_qrtz_ft_j_g on qrtz_fired_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_ft_t_g on qrtz_fired_triggers USING btree (sched_name, trigger_name, trigger_group);

create table qrtz_job_details (
  sched_name text not null,
  job_name text not null,
  job_group text not null,
  description text,
  job_class_name text not null,
  is_durable boolean not null,
  is_nonconcurrent boolean not null,
  is_update_data boolean not null,
  requests_recovery boolean not null,
  job_data bytea,
  PRIMARY KEY (sched_name, job_name, job_group)
);
CREATE INDEX idx_qrtz_j_g_n on qrtz_job_details USING btree (sched_name, job_group, job_name);

create table qrtz_job_status (
  sched_name text not null,
  job_group text not null,
  job_name text not null,
  first_fired_time bigint not null,
  last_fired_time bigint not null,
  last_result integer not null,
  last_run_time bigint not null,
  last_instance_name text not null,
  last_entry_id text,
  last_summary text,
  last_success_time bigint,
  last_failure_time bigint,
  last_failure_message text,
  consecutive_failures integer not null default 0,
  run_count bigint not null default 0,
  failure_count bigint not null default 0,
  PRIMARY KEY (sched_name, job_group, job_name)
);

create table qrtz_locks (
  sched_name text not null,
  lock_name text not null,
  PRIMARY KEY (sched_name, lock_name)
);

create table qrtz_misfire_history (
  sched_name text not null,
  entry_id text not null,
  instance_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  job_name text,
  job_group text,
  misfire_time bigint not null,
  sched_time bigint,
  reason integer,
  PRIMARY KEY (sched_name, entry_id)
);
CREATE INDEX idx_qrtz_mh_inst on qrtz_misfire_history USING btree (sched_name, instance_name);
CREATE INDEX idx_qrtz_mh_misfire_time on qrtz_misfire_history USING btree (sched_name, misfire_time);

create table qrtz_paused_job_grps (
  sched_name text not null,
  job_group text not null,
  pause_reason character varying(250),
  paused_by character varying(200),
  paused_at bigint,
  PRIMARY KEY (sched_name, job_group)
);

create table qrtz_paused_trigger_grps (
  sched_name text not null,
  trigger_group text not null,
  pause_reason character varying(250),
  paused_by character varying(200),
  paused_at bigint,
  PRIMARY KEY (sched_name, trigger_group)
);

create table qrtz_scheduler_state (
  sched_name text not null,
  instance_name text not null,
  last_checkin_time bigint not null,
  checkin_interval bigint not null,
  quartz_version character varying(20),
  PRIMARY KEY (sched_name, instance_name)
);

create table qrtz_simple_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  repeat_count bigint not null,
  repeat_interval bigint not null,
  times_triggered bigint not null,
  PRIMARY KEY (sched_name, trigger_name, trigger_group),
  FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

create table qrtz_simprop_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  str_prop_1 text,
  str_prop_2 text,
  str_prop_3 text,
  int_prop_1 integer,
  int_prop_2 integer,
  long_prop_1 bigint,
  long_prop_2 bigint,
  dec_prop_1 numeric,
  dec_prop_2 numeric,
  bool_prop_1 boolean,
  bool_prop_2 boolean,
  time_zone_id text,
  PRIMARY KEY (sched_name, trigger_name, trigger_group),
  FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

create table qrtz_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  job_name text not null,
  job_group text not null,
  description text,
  next_fire_time bigint,
  prev_fire_time bigint,
  priority integer,
  trigger_state text not null,
  trigger_type text not null,
  start_time bigint not null,
  end_time bigint,
  calendar_name text,
  misfire_instr smallint,
  misfire_orig_fire_time bigint,
  execution_group character varying(200),
  preferred_node character varying(200),
  preferred_node_auto boolean not null default false,
  retry_policy character varying(250),
  retry_attempt integer,
  continues_trigger_name text,
  continues_trigger_group text,
  continuation_condition integer,
  overlap_policy integer,
  pause_reason character varying(250),
  paused_by character varying(200),
  paused_at bigint,
  misfire_threshold bigint,
  fixed_delay boolean,
  job_data bytea,
  PRIMARY KEY (sched_name, trigger_name, trigger_group),
  FOREIGN KEY (sched_name, job_name, job_group) REFERENCES qrtz_job_details(sched_name, job_name, job_group)
);
CREATE INDEX idx_qrtz_t_c on qrtz_triggers USING btree (sched_name, calendar_name);
CREATE INDEX idx_qrtz_t_g_n on qrtz_triggers USING btree (sched_name, trigger_group, trigger_name);
CREATE INDEX idx_qrtz_t_j on qrtz_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_t_nft_st on qrtz_triggers USING btree (sched_name, trigger_state, next_fire_time, priority DESC, misfire_instr);

create table recurring_schedule (
  id uuid not null,
  name text not null,
  target text not null,
  definition_id text,
  event_name text,
  input json not null,
  correlation_id text,
  for_each boolean not null default false,
  stages text[],
  tiers smallint[],
  cadence text not null,
  expression text not null,
  zone text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  calendar text,
  calendar_version text,
  free_days text not null,
  misfire text not null,
  overlap text not null,
  state text not null default 'active'::text,
  next_due_at timestamp with time zone,
  held_due_at timestamp with time zone,
  last_due_at timestamp with time zone,
  last_instance_id uuid,
  revision bigint not null default 1,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  PRIMARY KEY (id),
  CHECK (((NOT for_each) OR ((target = 'start'::text) AND (correlation_id IS NULL) AND (overlap <> 'queue'::text)))),
  CHECK (((free_days = 'keep'::text) = (calendar IS NULL))),
  CHECK (((length(calendar) >= 1) AND (length(calendar) <= 40))),
  CHECK (((length(definition_id) >= 1) AND (length(definition_id) <= 400))),
  CHECK (((length(expression) >= 1) AND (length(expression) <= 1000))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((length(zone) >= 1) AND (length(zone) <= 100))),
  CHECK (((octet_length(event_name) >= 1) AND (octet_length(event_name) <= 1200))),
  CHECK (((state = 'active'::text) OR (next_due_at IS NULL))),
  CHECK (((target = 'event'::text) = (event_name IS NOT NULL))),
  CHECK (((target = 'start'::text) = (definition_id IS NOT NULL))),
  CHECK ((cadence = ANY (ARRAY['cron'::text, 'cron_with_seconds'::text, 'rrule'::text, 'interval'::text]))),
  CHECK ((cardinality(stages) > 0)),
  CHECK ((cardinality(tiers) > 0)),
  CHECK ((ends_at > starts_at)),
  CHECK ((for_each OR ((stages IS NULL) AND (tiers IS NULL)))),
  CHECK ((free_days = ANY (ARRAY['keep'::text, 'skip'::text, 'before'::text, 'after'::text]))),
  CHECK ((misfire = ANY (ARRAY['run_once'::text, 'run_all'::text, 'skip'::text]))),
  CHECK ((octet_length(correlation_id) <= 1200)),
  CHECK ((overlap = ANY (ARRAY['start'::text, 'skip'::text, 'queue'::text]))),
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text]))),
  CHECK ((target = ANY (ARRAY['start'::text, 'event'::text])))
) with (fillfactor=70);
CREATE INDEX recurring_schedule_due on recurring_schedule USING btree (next_due_at) WHERE (next_due_at IS NOT NULL);
CREATE INDEX recurring_schedule_held on recurring_schedule USING btree (held_due_at) WHERE (held_due_at IS NOT NULL);
CREATE UNIQUE INDEX recurring_schedule_name on recurring_schedule USING btree (lower(name));

create table schedule_firing (
  schedule_id uuid not null,
  due_at timestamp with time zone not null,
  state text not null,
  fired_at timestamp with time zone not null,
  asked_by text,
  instance_id uuid,
  event_id uuid,
  started bigint not null default 0,
  PRIMARY KEY (schedule_id, due_at),
  CHECK (((length(asked_by) >= 1) AND (length(asked_by) <= 200))),
  CHECK ((started >= 0)),
  CHECK ((state = ANY (ARRAY['fired'::text, 'skipped'::text, 'queued'::text, 'held'::text]))),
  FOREIGN KEY (schedule_id) REFERENCES recurring_schedule(id) ON DELETE CASCADE
);
CREATE INDEX schedule_firing_held on schedule_firing USING btree (schedule_id) WHERE (state = 'held'::text);
CREATE INDEX schedule_firing_queued on schedule_firing USING btree (schedule_id, due_at) WHERE (state = 'queued'::text);
CREATE INDEX schedule_firing_time on schedule_firing USING btree (fired_at);

create table schema_migration (
  number integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now(),
  PRIMARY KEY (number)
);

create table setting (
  key text not null,
  value text not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (key)
);

create table standing_link (
  id uuid not null,
  engagement_id uuid not null,
  contact_id uuid not null,
  definition_id text not null,
  form_path text not null,
  label_en text not null,
  label_zh text not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by text,
  uses integer not null default 0,
  used_at timestamp with time zone,
  day_began_at timestamp with time zone,
  day_uses integer not null default 0,
  openings integer not null default 0,
  machine_openings integer not null default 0,
  last_opened_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((length(definition_id) >= 1) AND (length(definition_id) <= 400))),
  CHECK (((length(form_path) >= 1) AND (length(form_path) <= 200))),
  CHECK (((length(label_en) >= 1) AND (length(label_en) <= 100))),
  CHECK (((length(label_zh) >= 1) AND (length(label_zh) <= 100))),
  CHECK (((machine_openings >= 0) AND (machine_openings <= openings))),
  CHECK (((revoked_at IS NULL) = (revoked_by IS NULL))),
  CHECK ((day_uses >= 0)),
  CHECK ((expires_at > issued_at)),
  CHECK ((uses >= 0)),
  FOREIGN KEY (contact_id) REFERENCES contact(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id)
) with (fillfactor=80);
CREATE INDEX standing_link_contact on standing_link USING btree (contact_id);
CREATE INDEX standing_link_engagement on standing_link USING btree (engagement_id, id);
CREATE UNIQUE INDEX standing_link_live on standing_link USING btree (engagement_id, contact_id, definition_id) WHERE (revoked_at IS NULL);

create table standing_link_use (
  link_id uuid not null,
  sheet_id uuid not null,
  instance_id uuid not null,
  used_at timestamp with time zone not null,
  PRIMARY KEY (link_id, sheet_id),
  FOREIGN KEY (link_id) REFERENCES standing_link(id)
);

create table task (
  id uuid not null,
  instance_id uuid not null,
  bookmark_id uuid not null,
  engagement_id uuid not null,
  definition_version_id text not null,
  kind text not null,
  title_en text not null,
  title_zh text not null,
  instructions_en text,
  instructions_zh text,
  form_path text,
  outcomes text[] not null,
  assignee_person_id uuid,
  assignee_role text,
  escalated_person_id uuid,
  escalated_role text,
  escalated_at timestamp with time zone,
  requested_by_id uuid,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone,
  closed_at timestamp with time zone,
  outcome text,
  comment text,
  completed_by_id uuid,
  revision bigint not null default 1,
  panel_id uuid,
  document_version_id uuid,
  prefill jsonb,
  PRIMARY KEY (id),
  CHECK (((assignee_person_id IS NULL) <> (assignee_role IS NULL))),
  CHECK (((escalated_at IS NOT NULL) = ((escalated_person_id IS NOT NULL) OR (escalated_role IS NOT NULL)))),
  CHECK (((escalated_person_id IS NULL) OR (escalated_role IS NULL))),
  CHECK (((length(title_en) >= 1) AND (length(title_en) <= 10000))),
  CHECK (((length(title_zh) >= 1) AND (length(title_zh) <= 10000))),
  CHECK (((state = 'completed'::text) = (completed_by_id IS NOT NULL))),
  CHECK (((state = 'completed'::text) = (outcome IS NOT NULL))),
  CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  CHECK ((cardinality(outcomes) > 0)),
  CHECK ((jsonb_typeof(prefill) = 'object'::text)),
  CHECK ((kind = ANY (ARRAY['work'::text, 'approval'::text]))),
  CHECK ((length(comment) <= 10000)),
  CHECK ((state = ANY (ARRAY['open'::text, 'completed'::text, 'expired'::text, 'withdrawn'::text]))),
  FOREIGN KEY (assignee_person_id) REFERENCES person(id),
  FOREIGN KEY (completed_by_id) REFERENCES person(id),
  FOREIGN KEY (document_version_id) REFERENCES document_version(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  FOREIGN KEY (escalated_person_id) REFERENCES person(id),
  FOREIGN KEY (requested_by_id) REFERENCES person(id)
) with (fillfactor=80);
CREATE INDEX task_completed_by on task USING btree (completed_by_id, closed_at) WHERE (completed_by_id IS NOT NULL);
CREATE INDEX task_engagement on task USING btree (engagement_id, id);
CREATE INDEX task_expired_person on task USING btree (assignee_person_id, closed_at) WHERE ((state = 'expired'::text) AND (assignee_person_id IS NOT NULL));
CREATE INDEX task_instance on task USING btree (instance_id);
CREATE INDEX task_open_escalated_person on task USING btree (escalated_person_id, due_at, id) WHERE ((state = 'open'::text) AND (escalated_person_id IS NOT NULL));
CREATE INDEX task_open_escalated_role on task USING btree (escalated_role, due_at, id) WHERE ((state = 'open'::text) AND (escalated_role IS NOT NULL));
CREATE INDEX task_open_person on task USING btree (assignee_person_id, due_at, id) WHERE ((state = 'open'::text) AND (assignee_person_id IS NOT NULL));
CREATE INDEX task_open_role on task USING btree (assignee_role, due_at, id) WHERE ((state = 'open'::text) AND (assignee_role IS NOT NULL));
CREATE UNIQUE INDEX task_panel_voice on task USING btree (panel_id, completed_by_id) WHERE ((panel_id IS NOT NULL) AND (completed_by_id IS NOT NULL));

create table timeline_entry (
  sequence bigint not null generated as identity,
  id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  text_en text not null,
  text_zh text not null,
  actor text,
  instance_id uuid,
  reference_id uuid,
  PRIMARY KEY (sequence),
  CHECK (((length(text_en) >= 1) AND (length(text_en) <= 12000))),
  CHECK (((length(text_zh) >= 1) AND (length(text_zh) <= 12000))),
  CHECK ((kind = ANY (ARRAY['mail'::text, 'answer'::text, 'task'::text, 'approval'::text, 'stage'::text, 'note'::text, 'record'::text]))),
  FOREIGN KEY (client_id) REFERENCES client(id),
  FOREIGN KEY (engagement_id) REFERENCES engagement(id),
  UNIQUE (id)
);
CREATE INDEX timeline_client on timeline_entry USING btree (client_id, sequence);
CREATE INDEX timeline_engagement on timeline_entry USING btree (engagement_id, sequence);
CREATE TRIGGER timeline_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.timeline_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table trigger_schedule (
  definition_id text not null,
  activity_id text not null,
  definition_version_id text not null,
  kind text not null,
  expression text not null,
  catch_up text not null default 'run_once'::text,
  next_due_at timestamp with time zone,
  last_fired_at timestamp with time zone,
  held_due_at timestamp with time zone,
  PRIMARY KEY (definition_id, activity_id),
  CHECK ((catch_up = ANY (ARRAY['run_once'::text, 'run_all'::text, 'skip'::text]))),
  CHECK ((kind = ANY (ARRAY['timer'::text, 'cron'::text, 'start_at'::text]))),
  FOREIGN KEY (definition_version_id) REFERENCES definition(id) ON DELETE CASCADE
);
CREATE INDEX trigger_schedule_due on trigger_schedule USING btree (next_due_at) WHERE (next_due_at IS NOT NULL);

create table webhook (
  id uuid not null,
  name text not null,
  url text not null,
  kinds text[] not null,
  secret text not null,
  state text not null default 'active'::text,
  revision bigint not null default 1,
  created_at timestamp with time zone not null,
  created_by text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  PRIMARY KEY (id),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((length(url) >= 1) AND (length(url) <= 2000))),
  CHECK ((cardinality(kinds) > 0)),
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text])))
);

CREATE OR REPLACE FUNCTION public.append_audit(in_chain text, in_at timestamp with time zone, in_actor text, in_act text, in_subject text, in_detail json)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  head audit_head;
  next_sequence bigint;
  next_hash bytea;
begin
  insert into audit_head (chain, sequence, hash) values (in_chain, 0, '') on conflict (chain) do nothing;
  select * into strict head from audit_head where chain = in_chain for update;
  next_sequence := head.sequence + 1;
  next_hash := audit_hash(head.hash, in_chain, next_sequence, in_at, in_actor, in_act, in_subject, in_detail);
  insert into audit (chain, sequence, at, actor, act, subject, detail, previous_hash, hash)
  values (in_chain, next_sequence, in_at, in_actor, in_act, in_subject, in_detail, head.hash, next_hash);
  update audit_head set sequence = next_sequence, hash = next_hash where chain = in_chain;
  return next_sequence;
end
$function$;

CREATE OR REPLACE FUNCTION public.append_audits(in_at timestamp with time zone, in_chains text[], in_actors text[], in_acts text[], in_subjects text[], in_details json[])
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  entry record;
  head audit_head;
  previous bytea;
begin
  for entry in
    select e.* from unnest(in_chains, in_actors, in_acts, in_subjects, in_details) with ordinality e(chain, actor, act, subject, detail, place)
    order by e.chain collate "C", e.place
  loop
    if entry.chain is distinct from head.chain then
      update audit_head set sequence = head.sequence, hash = head.hash where chain = head.chain;
      select * into head from audit_head where chain = entry.chain for update;
      if not found then
        insert into audit_head (chain, sequence, hash) values (entry.chain, 0, '') on conflict (chain) do nothing;
        select * into strict head from audit_head where chain = entry.chain for update;
      end if;
    end if;
    previous := head.hash;
    head.sequence := head.sequence + 1;
    head.hash := audit_hash(previous, entry.chain, head.sequence, in_at, entry.actor, entry.act, entry.subject, entry.detail);
    insert into audit (chain, sequence, at, actor, act, subject, detail, previous_hash, hash)
    values (entry.chain, head.sequence, in_at, entry.actor, entry.act, entry.subject, entry.detail, previous, head.hash);
  end loop;
  update audit_head set sequence = head.sequence, hash = head.hash where chain = head.chain;
  return cardinality(in_chains);
end
$function$;

CREATE OR REPLACE FUNCTION public.audit_hash(previous bytea, chain text, sequence bigint, at timestamp with time zone, actor text, act text, subject text, detail json)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(previous || convert_to(json_build_array(chain, sequence, extract(epoch from at), actor, act, subject, detail::text)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.closed_correlations(person uuid)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select f.correlation_id from internal_engagement f where f.readers is not null and not coalesce(person = any (f.readers), false)
$function$;

CREATE OR REPLACE FUNCTION public.closed_ids(ids uuid[], person uuid)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  if not exists (select 1 from internal_engagement f where f.readers is not null and not coalesce(person = any (f.readers), false)) then
    return;
  end if;
  return query
    select w.id from unnest(ids) w(id)
    where not engagement_is_open_to(w.id, person)
       or not instance_id_is_open_to(w.id, person)
       or exists (select 1 from client c where c.id = w.id and c.is_internal and not exists (select 1 from engagement e where e.client_id = c.id and engagement_is_open_to(e.id, person)))
       or exists (select 1 from task t where t.id = w.id and not (engagement_is_open_to(t.engagement_id, person) and instance_id_is_open_to(t.instance_id, person)))
       or exists (select 1 from link l where l.id = w.id and not (engagement_is_open_to(l.engagement_id, person) and instance_id_is_open_to(l.instance_id, person)))
       or exists (select 1 from mail m where m.id = w.id and not (engagement_is_open_to(m.engagement_id, person) and instance_id_is_open_to(m.instance_id, person)))
       or exists (select 1 from outbox o where o.id = w.id and not instance_id_is_open_to(o.instance_id, person))
       or exists (select 1 from incident i where i.id = w.id and not instance_id_is_open_to(i.instance_id, person))
       or exists (select 1 from meeting m where m.id = w.id and not (engagement_is_open_to(m.engagement_id, person) and instance_id_is_open_to(m.instance_id, person)))
       or exists (select 1 from engagement_case c where c.id = w.id and not (engagement_is_open_to(c.engagement_id, person) and instance_id_is_open_to(c.instance_id, person)))
       or exists (select 1 from clock k where k.id = w.id and not (engagement_is_open_to(k.engagement_id, person) and instance_id_is_open_to(k.instance_id, person)))
       or exists (select 1 from document_version d where d.id = w.id and not (engagement_is_open_to(d.engagement_id, person) and instance_id_is_open_to(d.instance_id, person)))
       or exists (select 1 from standing_link s where s.id = w.id and not engagement_is_open_to(s.engagement_id, person))
       or exists (select 1 from milestone s where s.id = w.id and not (engagement_is_open_to(s.engagement_id, person) and instance_id_is_open_to(s.instance_id, person)))
       or exists (select 1 from form_answer a where a.id = w.id and not engagement_is_open_to(a.engagement_id, person))
       or exists (select 1 from timeline_entry e where e.id = w.id and not engagement_is_open_to(e.engagement_id, person));
end
$function$;

CREATE OR REPLACE FUNCTION public.closed_instances(person uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select c.instance_id from closed_instance c where not engagement_is_open_to(c.engagement_id, person)
$function$;

CREATE OR REPLACE FUNCTION public.engagement_is_open_to(engagement uuid, person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select not exists (select 1 from internal_engagement f where f.engagement_id = engagement and f.readers is not null and not coalesce(person = any (f.readers), false))
$function$;

CREATE OR REPLACE FUNCTION public.engagement_that_closes(instance uuid, correlation text)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(
    (select f.engagement_id from internal_engagement f where f.correlation_id = translate(lower(correlation), '-{}() ', '') and f.readers is not null),
    (select c.engagement_id from closed_instance c where c.instance_id = instance))
$function$;

CREATE OR REPLACE FUNCTION public.ensure_journal_partitions(month timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first timestamptz;
  name text;
begin
  perform pg_advisory_xact_lock(hashtextextended('journal partitions', 8));
  for step in 0..1 loop
    first := date_trunc('month', month at time zone 'UTC') at time zone 'UTC' + make_interval(months => step);
    name := 'journal_' || to_char(first at time zone 'UTC', 'YYYY_MM');
    if to_regclass(name) is null then
      begin
        execute format('create table %I partition of journal for values from (%L) to (%L)', name, first, first + interval '1 month');
      exception when check_violation then
        -- Rows of that month lie in the default partition already: they stay there and doctor shows them.
        null;
      end;
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION public.firing_id(schedule_id uuid, due_at timestamp with time zone, member uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select overlay(overlay(overlay(
    md5(schedule_id::text || extract(epoch from due_at)::text || coalesce(member::text, ''))
    placing lpad(to_hex(floor(extract(epoch from due_at) * 1000)::bigint), 12, '0') from 1 for 12) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid
$function$;

CREATE OR REPLACE FUNCTION public.instance_id_is_open_to(instance uuid, person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select instance_is_open_to(instance, (select i.correlation_id from instance i where i.id = instance), person)
$function$;

CREATE OR REPLACE FUNCTION public.instance_is_open_to(instance uuid, correlation text, person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select not exists (select 1 from internal_engagement f where f.correlation_id = translate(lower(correlation), '-{}() ', '') and f.readers is not null and not coalesce(person = any (f.readers), false))
     and not exists (select 1 from closed_instance c where c.instance_id = instance and not engagement_is_open_to(c.engagement_id, person))
$function$;

CREATE OR REPLACE FUNCTION public.keep_document_content()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.id, new.engagement_id, new.kind, new.number, new.content_hash, new.definition_version_id, new.form_path, new.proposed_at)
     is distinct from (old.id, old.engagement_id, old.kind, old.number, old.content_hash, old.definition_version_id, old.form_path, old.proposed_at)
     or old.state <> 'proposed' and new.state <> old.state then
    raise exception 'Version % of document ''%'' is kept as it is. A correction is the next version.', old.number, old.kind;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_closed_instance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  closer uuid;
begin
  if tg_op = 'INSERT' then
    select engagement_that_closes(p.id, p.correlation_id) into closer from instance p where p.id = new.parent_instance_id;
    if not found then
      select c.engagement_id into closer from closed_instance c where c.instance_id = new.parent_instance_id;
    end if;
  else
    closer := engagement_that_closes(old.id, old.correlation_id);
  end if;
  if closer is not null then
    insert into closed_instance (instance_id, engagement_id) values (case tg_op when 'INSERT' then new.id else old.id end, closer) on conflict (instance_id) do nothing;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- The one exception: the transaction that erases a client says so of itself, and empties texts.
  if tg_op = 'UPDATE' and current_setting('engagementflows.erasing', true) = 'on' then
    return null;
  end if;
  raise exception 'Table % is append-only.', tg_table_name;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_change_of_ended_clock()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> 'running' then
    raise exception 'The clock % was % before; whether its promise was kept does not change afterwards.', old.id, old.state;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.require_rows(hit bigint, wanted bigint, reason text)
 RETURNS void
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
begin
  if hit is distinct from wanted then
    raise exception using errcode = 'EF001', message = reason;
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION public.revoke_links_of_contacts(contacts uuid[], at timestamp with time zone)
 RETURNS SETOF standing_link
 LANGUAGE sql
AS $function$
  with alive as (
    select id from standing_link where contact_id = any (contacts) and revoked_at is null order by id for no key update
  )
  update standing_link s set revoked_at = at, revoked_by = 'import' from alive where s.id = alive.id returning s.*
$function$;

CREATE OR REPLACE FUNCTION public.state_of_link(l link)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case when l.state = 'open' and exists (select 1 from contact k where k.id = l.contact_id and lower(k.email) <> lower(l.sent_to)) then 'revoked' else l.state end
$function$;

CREATE OR REPLACE FUNCTION public.take_back_links_of_changed_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_setting('engagementflows.erasing', true) = 'on' then
    return null;
  end if;
  perform append_audits(
    max(r.revoked_at), array_agg('engagement/' || r.engagement_id), array_agg('import'::text), array_agg('StandingLinkRevoked'::text), array_agg('standing-link/' || r.id),
    array_agg('{"reason":"The contact has another e-mail address."}'::json))
  from revoke_links_of_contacts(
    array(select a.id from contacts_after a join contacts_before b on b.id = a.id where lower(a.email) <> lower(b.email)),
    (select max(a.updated_at) from contacts_after a)) r
  having count(*) > 0;
  return null;
end
$function$;
