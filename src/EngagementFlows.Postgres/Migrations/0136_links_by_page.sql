-- The links of an instance are read page by page, newest first: ids follow the instants of issue.
create index link_instance_id on link (instance_id, id);
drop index link_instance;
