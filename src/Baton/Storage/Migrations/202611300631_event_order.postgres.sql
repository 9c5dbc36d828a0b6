-- The transaction that wrote an event: whoever follows the ledger reads in order of (xid, seq) and stops below the
-- oldest one that is under way.
alter table events add column xid xid8 not null default pg_current_xact_id();
create index events_by_commit on events (xid, seq);
