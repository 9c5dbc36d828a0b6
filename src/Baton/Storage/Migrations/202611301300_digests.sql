-- What people were told of a day or a week, as it was sent: every attempt sends the same.
create table digests (
    id text not null primary key,        -- daily/2026-11-29, weekly/2026-11-23
    from_day integer not null,           -- days since 1970, UTC
    to_day integer not null,
    made_at_ms integer not null,
    title text not null,
    text text not null,
    html text not null,
    chart blob not null,                 -- PNG
    facts text not null
);
create index digests_by_time on digests (made_at_ms);

-- Whether provisioned throughput would be cheaper than paying by the token, as it was found each quarter.
create table provisioned_checks (
    at_ms integer not null primary key,
    cheaper integer not null,            -- 1: provisioned would be
    report text not null
);
