-- Present in a database that is being moved to another one, or was, and in the one it is moved to.
create table moves (
    id integer primary key,          -- always 1
    state text not null,             -- moving, moved: this is where from; arriving, arrived: where to
    other text not null,             -- address of the other one, without a password
    token text not null,             -- the same in both
    started_at_ms integer not null,
    ended_at_ms integer,
    holes_through integer not null   -- positions of the ledger up to here may be empty: they were where it came from
);

-- How far each table has arrived.
create table move_tables (
    name text primary key,
    last_key text,                   -- JSON
    row_count integer not null,
    digest text not null,
    done integer not null
) without rowid;

-- What a program must know to work with the tables as they are: the name of a migration; null: any program can. See
-- docs/operating/upgrading.md.
alter table migrations add column needs text;
