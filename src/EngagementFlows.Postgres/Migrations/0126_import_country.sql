-- The country of the client, as a file may give it.
alter table client_import_line add column country text;
