-- The ledger. `at` is ISO 8601 in UTC, `data` is JSON, `hash` is defined in EventHash.cs.
create table events (
    seq integer primary key autoincrement,
    conversation_id text not null,
    version integer not null,
    type text not null,
    at text not null,
    data text not null,
    hash text not null,
    unique (conversation_id, version)
);

-- The last event of each stream: makes appends cheap and shows when the end of a stream has been cut off.
create table streams (
    conversation_id text primary key,
    version integer not null,
    hash text not null
) without rowid;
