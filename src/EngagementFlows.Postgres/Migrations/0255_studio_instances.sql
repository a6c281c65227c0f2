-- The designer's list of instances has page numbers and filters. Among a million instances those that live, and those that ended badly, are few: each has an index.
-- Both change for an instance at its end alone, so that updates before it stay heap-only.
create index instance_living on instance (id) where finished_at is null;
create index instance_ended_badly on instance (id) where status in ('cancelled', 'faulted');

-- What instance_is_open_to says of one instance, said of all at once: a list that passes over many rows asks by a hashed set, not by a function for each row.
create function closed_correlations(person uuid) returns setof text language sql stable parallel safe as $$
  select f.correlation_id from internal_engagement f where f.readers is not null and not coalesce(person = any (f.readers), false)
$$;

create function closed_instances(person uuid) returns setof uuid language sql stable parallel safe as $$
  select c.instance_id from closed_instance c where not engagement_is_open_to(c.engagement_id, person)
$$;
