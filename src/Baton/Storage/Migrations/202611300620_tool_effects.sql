-- What tools were asked to change: written before the call and after it. No inputs, only their digest.
create table tool_effects (
    effect_key text not null primary key,
    conversation_id text not null,
    turn integer not null,
    agent text not null,
    tool text not null,
    customer_id text,
    input_digest text not null,
    status text not null,           -- started, done, failed, unknown
    amount_parts integer,           -- ten-thousandths of the currency
    currency text,
    reference text,                 -- the tool's own name of what it did
    attempts integer not null,
    started_at_ms integer not null,
    ended_at_ms integer
);
create index tool_effects_by_conversation on tool_effects (conversation_id);
create index tool_effects_by_tool on tool_effects (tool, started_at_ms);
create index tool_effects_by_customer on tool_effects (customer_id, tool, started_at_ms) where customer_id is not null;

-- Calls that wait for a person. Inputs are sealed with the customer's key, as messages are.
create table approvals (
    id text not null primary key,
    effect_key text not null,
    conversation_id text not null,
    turn integer not null,
    agent text not null,
    tool text not null,
    input_digest text not null,
    key_id integer,
    sealed blob,
    amount_parts integer,
    currency text,
    reason text not null,
    role text not null,
    four_eyes integer not null,
    status text not null,           -- open, approved, refused, expired, withdrawn
    requested_at_ms integer not null,
    expires_at_ms integer not null,
    decided_at_ms integer
);
create unique index approvals_by_effect on approvals (effect_key) where status in ('open', 'approved');
create index approvals_open on approvals (status, requested_at_ms);
create index approvals_by_conversation on approvals (conversation_id);

create table approval_votes (
    approval_id text not null,
    person text not null,           -- id of who decided; nobody votes twice
    approves integer not null,
    at_ms integer not null,
    primary key (approval_id, person)
);

-- Calls that were denied: the signal of an attempt to go beyond policy.
create table tool_denials (
    id integer primary key autoincrement,
    conversation_id text not null,
    turn integer not null,
    agent text not null,
    tool text not null,
    scope text not null,
    clause text not null,
    at_ms integer not null
);
create index tool_denials_by_time on tool_denials (at_ms);
