-- Each recipient of a mail has a row of his own, in mail and in outbox: he is reached, refused or uncertain by himself.
-- Mails of several recipients that had not gone out when this came are put before a person: nobody knows any more who was meant to get what.
update outbox o
set state = 'rejected', ended_at = now(), lease_owner = null, lease_expires_at = null,
    answer = 'Not sent: this mail was written to several recipients at once, before each had a row of his own. Write to each of them again.'
from mail m
where m.id = o.id and o.state in ('pending', 'claimed') and cardinality(m.to_emails) + cardinality(m.cc_emails) + cardinality(m.bcc_emails) > 1;
-- To whom this row goes; to_emails and cc_emails are what the reader sees in the head. A blind copy is a row whose recipient stands in neither.
alter table mail add column recipient text;
update mail set recipient = to_emails[1];
alter table mail alter column recipient set not null;
alter table mail drop column bcc_emails;

-- A mail's bytes are made of its row whenever it is sent.
alter table outbox drop column content;
-- Since when every attempt has failed at the other side; how long it rests follows from that. Postponements do not count.
alter table outbox add column failing_since timestamptz;
