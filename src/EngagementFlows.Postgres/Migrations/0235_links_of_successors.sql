-- A standing link was given to a person. Whoever gets the contact's row after him, by another e-mail address, must not find that the old link speaks in his name:
-- it is taken back in the statement that changes the address, whichever that is, and the next offer makes another. An expired one too, since an offer would prolong it.
-- Of the whole statement, not of each row, so that links and chains of the audit are taken in one order. The erasure of a client takes its links back itself.
create function take_back_links_of_changed_contacts() returns trigger language plpgsql as $$
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
$$;

create function revoke_links_of_contacts(contacts uuid[], at timestamptz) returns setof standing_link language sql as $$
  with alive as (
    select id from standing_link where contact_id = any (contacts) and revoked_at is null order by id for no key update
  )
  update standing_link s set revoked_at = at, revoked_by = 'import' from alive where s.id = alive.id returning s.*
$$;

create trigger contact_is_somebody_else after update on contact referencing old table as contacts_before new table as contacts_after
  for each statement execute function take_back_links_of_changed_contacts();
