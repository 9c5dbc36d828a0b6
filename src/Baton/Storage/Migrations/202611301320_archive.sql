-- What left the database for files, in the order in which it left: see docs/operating/archive.md.
create table archive_segments (
    number integer not null primary key, -- from 1; each names the digest of the one before
    month text not null,                 -- in which its tickets began: 2026-03
    part integer not null,               -- within the month, from 1
    location text not null,              -- folder, or s3://bucket/prefix
    state text not null,                 -- begun, written, verified, archived, expiring, expired
    begun_at_ms integer not null,
    changed_at_ms integer not null,
    streams integer not null,
    events integer not null,
    messages integer not null,
    attachments integer not null,
    bytes integer not null,              -- of its files
    digest text,                         -- SHA-256 of its manifest
    previous text not null,              -- digest of the one before; empty for the first
    positions blob,                      -- of its events in the ledger
    versions text,                       -- JSON: what the store calls each version of its files
    certificate text,                    -- SHA-256 of what stands in its place
    unique (month, part)
) without rowid;

-- The checkpoint of a stream whose events left: its head, and its facts packed, from which states and read tables are made.
create table archived_streams (
    conversation_id text not null primary key,
    version integer not null,
    hash text not null,
    month text not null,
    segment integer not null,            -- the last one that holds events of it
    facts blob not null
) without rowid;
create index archived_streams_by_month on archived_streams (month, conversation_id);

-- Who archives now: one of all processes does.
create table archive_work (
    id integer not null primary key,
    owner text not null,
    until_ms integer not null
);

-- The segment that holds the raw text of a message; its row keeps its place, its key and its redacted text.
alter table messages add column archived integer;
