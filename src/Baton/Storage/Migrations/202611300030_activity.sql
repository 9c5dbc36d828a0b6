-- When somebody last did something in the console; null: never seen there. Presence follows it.
alter table people add column active_at integer;
-- 1: away because nothing was done for a while, and back with the next sign of activity.
alter table people add column idle integer not null default 0;
