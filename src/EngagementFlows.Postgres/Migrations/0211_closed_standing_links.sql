-- Standing links hang on engagements too, and are known by their ids.
create or replace function closed_ids(ids uuid[], person uuid) returns setof uuid language plpgsql stable as $$
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
$$;
