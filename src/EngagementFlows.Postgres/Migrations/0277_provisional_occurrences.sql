-- A wait for the next occurrence of a rhythm is provisional as well. It keeps its rule itself, so no length is kept for it.
alter table provisional_date alter column duration drop not null;
