-- What is measured, by the minute for eight days and by the hour for longer, so that alerts can be held against the same
-- hour of other weeks. Counts of facts come out of a rebuild; what is measured or told besides does not.
alter table insight_facts add column slot integer not null default 0;   -- minutes since 1970, UTC
-- What is not added up yet would count for 1970: its day is near enough.
update insight_facts set slot = day * 1440 where folded <> 1;

create table insight_slots (
    series text not null,                -- a figure, or latency
    step integer not null,               -- minutes: 1 or 60
    at integer not null,                 -- minutes since 1970, divided by step
    name text not null,                  -- step of a latency; else empty
    n integer not null,
    amount integer not null,             -- millionths of a dollar, or stars
    primary key (series, step, at, name)
) without rowid;

create table measured (
    series text not null,
    step integer not null,
    at integer not null,
    name text not null,
    n integer not null,                  -- how often it was counted or looked at
    amount real not null,                -- the sum of what was counted, or the most of what was seen
    primary key (series, step, at, name)
) without rowid;

-- Alerts that were raised. What happened to them is in the stream operations/alerts.
create table alerts (
    id text not null primary key,
    name text not null,
    severity text not null,
    raised_at_ms integer not null,
    seen_at_ms integer not null,         -- when it was last found to hold
    text text not null,
    acknowledged_by text,
    acknowledged_at_ms integer,
    cleared_at_ms integer,
    quiet text,                          -- why nobody was told: a silence or a maintenance window
    told_at_ms integer
);
create index alerts_by_time on alerts (raised_at_ms);
create unique index alerts_open on alerts (name) where cleared_at_ms is null;

create table alert_silences (
    name text not null primary key,      -- of an alert; * for all
    until_ms integer not null,
    silenced_by text not null,
    why text not null
);

-- Which process looked last: one of all does.
create table alert_rounds (
    id integer not null primary key,
    at_ms integer not null,
    told_at_ms integer not null
);

-- Builds of Baton that have worked on this database, by when each was first seen.
create table deployments (
    build text not null primary key,
    version text not null,
    first_seen_ms integer not null,
    last_seen_ms integer not null
);

-- Incidents that somebody looks into. What was done is in the stream operations/incident-ID.
create table incidents (
    id text not null primary key,
    title text not null,
    opened_at_ms integer not null,
    opened_by text not null,
    closed_at_ms integer
);
create index incidents_by_time on incidents (opened_at_ms);

-- Rehearsals and what they measured.
create table drills (
    id text not null primary key,
    name text not null,
    at_ms integer not null,
    passed integer not null,
    report text not null
);
create index drills_by_name on drills (name, at_ms);

-- What is stopped besides everything: a channel, an intent, an agent, a tool or a provider of models.
create table kill_switch_scopes (
    scope text not null,
    name text not null,
    changed_by text not null,
    why text,
    changed_at integer not null,
    primary key (scope, name)
);
