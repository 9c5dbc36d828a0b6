-- Money that calls under way may still spend, where several processes share a server; one process keeps it in memory.
create table reservations (
    id text not null,
    scope text not null,
    subject text not null,
    period text not null,
    amount integer not null,        -- nano-dollars
    expires_at_ms integer not null,
    primary key (id, scope, subject, period)
) without rowid;
create index reservations_by_counter on reservations (scope, subject, period);
create index reservations_by_end on reservations (expires_at_ms);
