-- Playbooks that run beside the one in force, and what both made of the same message.
create table shadows (
    id          text not null primary key,
    candidate   text not null,        -- version
    plan        text not null,        -- JSON
    state       text not null,        -- running, stopped, ended
    silences    integer not null,     -- 1: nobody is answered while it runs
    changed_by  text not null,
    why         text not null,
    started_ms  integer not null,
    until_ms    integer,
    ended_ms    integer
);
create table shadow_drops (
    shadow_id   text not null,
    reason      text not null,        -- full, load, budget, stopped, failed
    n           integer not null,
    primary key (shadow_id, reason)
) without rowid;
create table shadow_pairs (
    shadow_id       text not null,
    conversation_id text not null,
    turn            integer not null,
    at_ms           integer not null,
    intent          text not null,    -- as the one in force read it; where it read nothing, as the candidate did
    real_answers    text not null,    -- JSON of what the stages came to
    own_answers     text not null,
    real_cost_usd   real not null,
    own_cost_usd    real not null,
    real_latency_ms real not null,
    own_latency_ms  real not null,
    needed          integer,          -- what people say: 1, a person was needed; 0, none was; null: nobody said
    primary key (shadow_id, conversation_id, turn)
) without rowid;
