-- needs: 202611300630_many_writers
-- Counted instead: a row that every job changes makes all of them wait.
drop table job_depth;

-- Since when no worker has known the job's kind.
alter table jobs add column unknown_since_ms integer;

-- Facts that are being added up now.
create index insight_facts_folding on insight_facts (conversation_id, version, place) where folded = 2;

-- Processes that work on a server's database; a file needs none of this.
create table workers (
    owner text primary key,         -- as jobs.owner names it
    number integer not null,        -- of the lock that the process holds as long as it lives
    started_at_ms integer not null,
    seen_at_ms integer not null     -- by the server's clock, each second
) without rowid;
