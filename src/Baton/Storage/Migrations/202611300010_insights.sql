-- What counts about tickets: one row for each change of a figure, written with the event and kept as evidence, so that a
-- figure opens the tickets it counts. Derived from the events; tickets of before come with `baton ledger rebuild`.
create table insight_facts (
    conversation_id text not null,
    version integer not null,            -- of the event
    place integer not null,              -- among the changes of that event
    figure text not null,
    day integer not null,                -- days since 1970, UTC
    sign integer not null,               -- 1, or -1: counts no longer
    amount integer not null,             -- millionths of a dollar, or stars
    step integer not null,               -- of a latency, or an hour
    turn integer not null,
    route text,
    intent text,
    queue text,
    rule text,
    tier text,
    model text,
    person text,
    folded integer not null,             -- whether insight_days has it
    primary key (conversation_id, version, place)
) without rowid;
create index insight_facts_by_day on insight_facts (figure, day, conversation_id, turn);
create index insight_facts_unfolded on insight_facts (conversation_id, version, place) where folded = 0;

-- The same added up by a sweep: a row for each figure, cut, day and name.
create table insight_days (
    cut text not null,                   -- all, route, intent, queue, rule, tier, model, person
    figure text not null,
    day integer not null,
    name text not null,
    step integer not null,
    n integer not null,
    amount integer not null,
    primary key (cut, figure, day, name, step)
) without rowid;
