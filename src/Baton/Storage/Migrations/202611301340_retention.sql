-- What may not be erased, by law or by a case that runs.
create table legal_holds (
    scope text not null,            -- ticket or customer
    name text not null,
    held_by text not null,
    why text not null,
    since_ms integer not null,
    primary key (scope, name)
) without rowid;

-- How far the closed tickets were looked at, by kind of data.
create table retention_state (
    kind text not null primary key,
    through_ms integer not null,    -- last change of the last ticket
    through_id text not null,
    ran_at_ms integer,
    erased integer not null         -- by the last run
);

-- About how large each table was, a day; for the page that says what grows.
create table table_sizes (
    day integer not null,           -- days since 1970, UTC
    name text not null,
    bytes integer not null,
    primary key (day, name)
) without rowid;
