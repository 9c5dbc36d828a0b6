-- Run-time switches. One row; the history is in the ledger.
create table kill_switch (
    id integer primary key check (id = 1),
    is_on integer not null,
    changed_by text not null,
    why text,
    changed_at integer not null
);
