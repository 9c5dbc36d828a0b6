-- Receipts in the order in which they were written, so that an export goes on where it ended: one of an attempt whose
-- process died is written long after its own time.
alter table receipts add column place integer not null default 0;
update receipts set place = ordered.place
from (select id, row_number() over (order by at, id) as place from receipts) as ordered
where ordered.id = receipts.id;
create unique index receipts_place on receipts (place);

-- How far receipts were put where a warehouse fetches them.
create table receipt_drops (
    name text not null primary key,
    place integer not null,
    at_ms integer not null
);
