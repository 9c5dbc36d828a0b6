-- Work to do. A finished job is deleted; what it did is in the ledger.
create table jobs (
    id integer primary key autoincrement,
    queue text not null,
    kind text not null,
    key text,                       -- jobs of one key in one queue run one at a time, in order of id
    payload text not null,
    state integer not null,         -- 0 ready, 1 leased, 2 waiting for an earlier job of its key, 3 dead
    run_at_ms integer not null,
    created_at_ms integer not null,
    attempts integer not null,
    fence integer not null,         -- number of leases so far; a worker may only finish its own
    owner text,
    lease_until_ms integer,
    error text
);
create index jobs_ready on jobs (queue, run_at_ms, id) where state = 0;
create index jobs_leased on jobs (queue, lease_until_ms) where state = 1;
create index jobs_dead on jobs (id) where state = 3;
create index jobs_by_key on jobs (queue, key, id) where key is not null;

-- Jobs that are not dead, counted here because counting rows is slow when it matters most.
create table job_depth (
    queue text primary key,
    depth integer not null
) without rowid;

-- Each fires once: in one transaction it is deleted and its job is there.
create table timers (
    id integer primary key autoincrement,
    key text not null,
    kind text not null,
    due_at_ms integer not null,
    payload text not null,
    unique (key, kind)
);
create index timers_due on timers (due_at_ms, id);

-- What is to be sent to the outside. A delivered row stays, so that the same effect is not asked for twice.
create table outbox (
    id integer primary key autoincrement,
    idempotency_key text not null unique,
    key text not null,              -- messages of one key are sent in order
    kind text not null,
    payload text not null,
    job_id integer not null,        -- its delivery, with the time of the next attempt, as long as it is not finished
    created_at_ms integer not null,
    attempts integer not null,
    delivered_at_ms integer,
    gave_up_at_ms integer,
    receipt text,                   -- what the other side called it
    error text
);
