-- What people call a definition stands in both languages: name was the one name of Elsa's format.
alter table definition add column name_zh text;

update definition
set name = coalesce(nullif(btrim(json::jsonb #>> '{customProperties,displayName,en}'), ''), name),
    name_zh = coalesce(nullif(btrim(json::jsonb #>> '{customProperties,displayName,zh-CN}'), ''), name);
