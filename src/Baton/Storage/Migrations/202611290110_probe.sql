-- One row that is written to see whether writing works.
create table probe (
    id integer primary key check (id = 1),
    written_at_ms integer not null
);

-- In a copy that `ledger backup` made: when, and how far its ledger went. Tells a restored copy from a damaged file.
create table copied (
    id integer primary key check (id = 1),
    copied_at_ms integer not null,
    seq integer not null
);
