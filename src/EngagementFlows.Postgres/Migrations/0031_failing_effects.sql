-- Effects that the other side has not taken yet and that are tried again: counted by the console's first page and by doctor.
create index outbox_failing on outbox (failing_since) where failing_since is not null and state in ('pending', 'claimed', 'sending');
create index outbox_rejected on outbox (ended_at) where state = 'rejected';
