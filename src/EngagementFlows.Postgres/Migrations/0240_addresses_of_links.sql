-- A link was sent to a mailbox, and dies with it: whoever gets the contact's row by another e-mail address later must not be spoken for by whoever still has the letter.
-- Compared when it is asked for, not closed by whoever changes the address: an import of many thousand contacts so waits for no flow, and no flow for it.
alter table link add column sent_to text check (length(sent_to) between 3 and 254);
-- Of what was sent before this there is no better account than the address of now.
update link l set sent_to = k.email from contact k where k.id = l.contact_id and l.state = 'open';

-- Where a link stands: one that is open in its row is dead while its contact has another address than the one to which it went.
create function state_of_link(l link) returns text language sql stable as $$
  select case when l.state = 'open' and exists (select 1 from contact k where k.id = l.contact_id and lower(k.email) <> lower(l.sent_to)) then 'revoked' else l.state end
$$;
