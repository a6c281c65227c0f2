-- What a definition is for stands in both languages, as its name does: description was the one of Elsa's format.
alter table definition add column description_zh text;

update definition
set description = coalesce(nullif(btrim(json::jsonb #>> '{customProperties,description,en}'), ''), description),
    description_zh = coalesce(nullif(btrim(json::jsonb #>> '{customProperties,description,zh-CN}'), ''), description);
