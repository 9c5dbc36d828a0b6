-- Messages to people. While one of a recipient's group is open, another one is counted and not sent.
create table notices (
    id integer primary key autoincrement,
    recipient text not null,
    urgency integer not null,       -- 0 low, 1 normal, 2 high
    group_key text not null,
    title text not null,
    text text not null,
    raised integer not null,        -- how often since it is open
    raised_at_ms integer not null,
    last_at_ms integer not null,
    closed_at_ms integer
);
create unique index notices_open on notices (recipient, group_key) where closed_at_ms is null;

-- Whether the other side refused the message, rather than not being reached often enough.
alter table outbox add column refused integer not null default 0;
create index outbox_given_up on outbox (kind) where gave_up_at_ms is not null;
