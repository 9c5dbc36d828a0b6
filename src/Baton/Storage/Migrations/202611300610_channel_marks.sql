-- Where the last look for changes at a helpdesk ended, and when the next is due.
create table channel_marks (
    channel text primary key,
    mark text,
    since_ms integer not null,
    due_ms integer not null,
    failed integer not null default 0
);
