-- The only table with raw customer text and personal data; erasing a customer empties text columns here.
-- `sender` is JSON (name, email); `placeholders` is the conversation's placeholder map after this message, where the
-- message changed it.
create table messages (
    id text primary key,
    conversation_id text not null,
    position integer not null,
    channel text not null,
    external_id text,
    author text not null,
    sender text,
    subject text,
    body text not null,
    placeholders text,
    received_at integer not null,
    unique (conversation_id, position)
);
create unique index messages_by_external_id on messages (channel, external_id) where external_id is not null;

-- Read tables: they follow from the ledger and can be rebuilt from it.
create table conversations (
    conversation_id text primary key,
    version integer not null,
    status text not null,
    locked integer not null,
    channel text not null,
    customer_id text,
    subject text,
    turn integer not null,
    intent text,
    route text,
    outcome text,
    queue text,
    priority text,
    confidence real,
    needs_review integer not null,
    cost_usd text not null,
    started_at integer not null,
    updated_at integer not null
);
create index conversations_by_update on conversations (updated_at desc, conversation_id);
create index conversations_by_customer on conversations (customer_id, started_at);

create table decisions (
    conversation_id text not null,
    turn integer not null,
    decided_at integer not null,
    route text not null,
    outcome text not null,
    intent text,
    queue text,
    confidence real not null,
    needs_review integer not null,
    cost_usd text not null,
    latency_ms real not null,
    decision text not null,
    primary key (conversation_id, turn)
);
create index decisions_by_time on decisions (decided_at);

-- Open tickets per queue, kept as a counter because it is asked for with every escalation.
create table queue_load (
    queue text primary key,
    open integer not null
) without rowid;
