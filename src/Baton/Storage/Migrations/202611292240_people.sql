-- People of the team. Lists are texts: queues and languages with commas between, skills as `refunds:7,german:10`.
create table people (
    id text primary key,
    version integer not null,
    name text not null,
    email text not null unique,          -- lower case
    role text not null,
    queues text not null,
    skills text not null,
    languages text not null,
    capacity integer not null,           -- points; what a ticket weighs depends on its channel
    time_zone text not null,
    presence text not null,
    presence_at integer not null,
    last_assigned_at integer,
    disabled_at integer,
    away_until integer,                  -- out of office
    away_to text,                        -- id of who takes over
    created_at integer not null
) without rowid;
