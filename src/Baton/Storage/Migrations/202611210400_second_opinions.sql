-- A read table: which turns the next tier read as well, and whether it agreed. Null where it was not asked.
create table second_opinions (
    conversation_id text not null,
    turn integer not null,
    at integer not null,
    tier text not null,
    model text,
    intent text not null,
    second_intent text,
    agrees_on_intent integer,
    route text not null,
    opinion text,
    agrees_on_route integer,
    primary key (conversation_id, turn)
);
create index second_opinions_by_time on second_opinions (at);
