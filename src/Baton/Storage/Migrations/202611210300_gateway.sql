-- Model calls. Money is in whole nano-dollars, times are milliseconds since 1970.

-- One row per attempt at a model; the event ReceiptWritten in the ledger has the same id and the same cost.
create table receipts (
    id text primary key,
    call_id text not null,
    attempt integer not null,
    at integer not null,
    stage text not null,
    alias text,
    tier text,
    model text not null,
    provider text not null,
    served_model text,
    status text not null,
    input integer not null,
    cached_input integer not null,
    cache_write integer not null,
    output integer not null,
    reasoning integer not null,
    estimated integer not null,
    cost integer not null,
    saved integer not null,
    prices_dated text not null,
    latency_ms real not null,
    first_token_ms real,
    strategy text not null,
    candidates text not null,
    error text,
    ticket text,
    customer text,
    key_id text,
    batch integer not null,
    tags text not null
) without rowid;

create index receipts_at on receipts (at);
create index receipts_ticket on receipts (ticket) where ticket is not null;

-- What was spent, per scope, subject and period; always the sum of the receipts it stands for.
create table spending (
    scope text not null,
    subject text not null,
    period text not null,
    cost integer not null,
    primary key (scope, subject, period)
) without rowid;

-- Attempts that have begun. A row that outlives its time belonged to a process that died: it becomes a receipt.
create table open_attempts (
    id text primary key,
    expires_at integer not null,
    receipt text not null
) without rowid;

create table cached_answers (
    key blob primary key,
    at integer not null,
    expires_at integer not null,
    cost integer not null,
    answer text not null
) without rowid;

create index cached_answers_at on cached_answers (at);

-- Keys that Baton gives to other programs. Only the hash is stored.
create table virtual_keys (
    id text primary key,
    name text not null unique,
    hash blob not null unique,
    created_at integer not null,
    disabled_at integer,
    settings text not null
) without rowid;
