-- Why an import failed is read in two languages; failures of before have theirs in English alone.
alter table client_import add failure_zh text check (length(failure_zh) between 1 and 2000);
