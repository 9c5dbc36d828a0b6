-- 1: a reply of a person that can still be taken back, or was.
alter table messages add column unsent integer not null default 0;
