-- One-time links of staff go out by mail, so their tokens are made when the mail is sent, as those of clients are: of the link's id, under a key outside the database.
-- Links that nobody has used yet end; a new one is made in the console.
update account_link set used_at = now() where used_at is null;
alter table account_link add column id uuid not null default gen_random_uuid();
alter table account_link alter column id drop default;
alter table account_link drop column token_hash;
alter table account_link add primary key (id);

-- Stands in html and text as https://account.invalid/<id>.
alter table mail add column account_link_id uuid references account_link (id);
