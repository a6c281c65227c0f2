-- Engagements of the firm with itself: a personnel file for each account manager's reviews, and teams whose meetings the flows arrange.
-- They are engagements like all others, so that tasks, mails, documents and meetings hang on them as usual; what is theirs alone stands here.

-- The firm itself. It is made with its first internal engagement and no import ever meets it.
alter table client add column is_internal boolean not null default false;
create unique index client_internal on client (is_internal) where is_internal;

alter table engagement drop constraint engagement_stage_check;
alter table engagement add constraint engagement_stage_check
  check (stage in ('prospect', 'intake', 'review', 'approved', 'rejected', 'dormant', 'needs', 'planning', 'delivery', 'closed', 'internal'));

create table internal_engagement (
  engagement_id uuid primary key references engagement (id),
  -- As the instances that run for it name it, however they write an id.
  correlation_id text not null generated always as (replace(engagement_id::text, '-', '')) stored unique,
  kind text not null check (kind in ('personnel', 'team')),
  -- Whom it is about; of a personnel file the owner of the engagement, for good.
  person_id uuid references person (id),
  -- Who reads it beside the owner and the architect, and whom flows call 'third'.
  third_id uuid references person (id),
  -- The only persons who are shown anything of it; null = everybody of the firm.
  readers uuid[] check (cardinality(readers) between 1 and 50),
  opened_at timestamptz not null,
  check (kind <> 'personnel' or (person_id is not null and readers is not null))
);

-- One file for each person, however often it is opened.
create unique index internal_engagement_person on internal_engagement (person_id) where kind = 'personnel';

-- Instances that belong to a closed engagement without being named after it (any more): children that carry no key of their own, instances that
-- took another key, and those that are deleted while their mails stay. What was closed once stays closed.
create table closed_instance (
  instance_id uuid primary key,
  engagement_id uuid not null references internal_engagement (engagement_id)
);

-- An incident is looked for by its id alone.
create index incident_id on incident (id);

-- THE RULE. Who may be shown something of an engagement: everybody, unless readers are named; then these and nobody else, whatever their role.
-- Every list and every look by id asks it, of an engagement here or of an instance below; a person of null is a program or a stranger.
create function engagement_is_open_to(engagement uuid, person uuid) returns boolean language sql stable parallel safe as $$
  select not exists (select 1 from internal_engagement f where f.engagement_id = engagement and f.readers is not null and not coalesce(person = any (f.readers), false))
$$;

create function instance_is_open_to(instance uuid, correlation text, person uuid) returns boolean language sql stable parallel safe as $$
  select not exists (select 1 from internal_engagement f where f.correlation_id = translate(lower(correlation), '-{}() ', '') and f.readers is not null and not coalesce(person = any (f.readers), false))
     and not exists (select 1 from closed_instance c where c.instance_id = instance and not engagement_is_open_to(c.engagement_id, person))
$$;

-- The same for an instance of which only the id is known; one that is not there any more is what was noted when it went.
create function instance_id_is_open_to(instance uuid, person uuid) returns boolean language sql stable parallel safe as $$
  select instance_is_open_to(instance, (select i.correlation_id from instance i where i.id = instance), person)
$$;

-- The engagement that an instance is closed with, whoever asks; null = none.
create function engagement_that_closes(instance uuid, correlation text) returns uuid language sql stable as $$
  select coalesce(
    (select f.engagement_id from internal_engagement f where f.correlation_id = translate(lower(correlation), '-{}() ', '') and f.readers is not null),
    (select c.engagement_id from closed_instance c where c.instance_id = instance))
$$;

create function note_closed_instance() returns trigger language plpgsql as $$
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
$$;

-- Only children, changed keys and deletions pay for them: a transition that keeps its key never enters the function.
create trigger instance_child_of_closed after insert on instance for each row when (new.parent_instance_id is not null) execute function note_closed_instance();
create trigger instance_leaves_closed after update of correlation_id on instance for each row when (old.correlation_id is distinct from new.correlation_id) execute function note_closed_instance();
create trigger instance_of_closed_deleted after delete on instance for each row when (old.correlation_id is not null) execute function note_closed_instance();

-- Which of these ids, whatever they are ids of, a person must not be shown anything of. The door of pages and API asks it about every id in an address.
-- A table that hangs on an engagement or an instance and whose rows have pages belongs in here.
create function closed_ids(ids uuid[], person uuid) returns setof uuid language plpgsql stable as $$
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
       or exists (select 1 from milestone s where s.id = w.id and not (engagement_is_open_to(s.engagement_id, person) and instance_id_is_open_to(s.instance_id, person)))
       or exists (select 1 from form_answer a where a.id = w.id and not engagement_is_open_to(a.engagement_id, person))
       or exists (select 1 from timeline_entry e where e.id = w.id and not engagement_is_open_to(e.engagement_id, person));
end
$$;
