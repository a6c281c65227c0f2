-- When a person decided that a mail is not to be sent any more: it ends as rejected, but nothing about it is wrong any more.
alter table outbox add column let_be_at timestamptz;
alter table outbox add constraint outbox_let_be check (let_be_at is null or state = 'rejected');
