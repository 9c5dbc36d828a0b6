-- The audit view: one row for each event that an auditor asks for. It follows from the ledger and can be rebuilt.
create table audit_entries (
    stream text not null,
    version integer not null,
    seq integer not null,
    at_ms integer not null,
    kind text not null,
    type text not null,
    actor text not null,
    subject text not null,
    ticket text,
    why text,
    state_before text,
    state_after text,
    hash text not null,             -- of the event in the ledger
    primary key (stream, version)
) without rowid;
create index audit_by_time on audit_entries (at_ms, seq);
create index audit_by_kind on audit_entries (kind, at_ms, seq);
create index audit_by_actor on audit_entries (actor, at_ms, seq);
create index audit_by_ticket on audit_entries (ticket, at_ms, seq) where ticket is not null;

-- How far the ledger has been followed.
create table audit_place (
    id integer primary key check (id = 1),
    place text not null
);

-- The key that exports are signed with: closed with a key that is kept outside the database.
create table signing_keys (
    id text not null primary key,
    key_id integer not null,
    sealed blob not null,
    public_key blob not null,
    made_at_ms integer not null
);

