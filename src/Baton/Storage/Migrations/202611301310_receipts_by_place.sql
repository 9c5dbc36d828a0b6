-- Receipts in the order in which they were written, so that an export goes on where it ended: one of an attempt whose
-- process died is written long after its own time.
alter table receipts add column place integer not null default 0;
update receipts set place = ordered.place
from (select id, row_number() over (order by at, id) as place from receipts) as ordered
where ordered.id = receipts.id;
-- A process of the release before writes none: its receipts get theirs with the next that are written.
create unique index receipts_place on receipts (place) where place > 0;
create index receipts_unplaced on receipts (at, id) where place = 0;

-- How far receipts were put where a warehouse fetches them.
create table receipt_drops (
    name text not null primary key,
    place integer not null,
    at_ms integer not null
);
