-- What agents have done in turns that are not decided: their steps, sealed with the customer's key.
create table agent_runs (
    conversation_id text not null,
    turn integer not null,
    key_id integer not null,
    sealed blob not null,
    updated_at_ms integer not null,
    primary key (conversation_id, turn)
);
