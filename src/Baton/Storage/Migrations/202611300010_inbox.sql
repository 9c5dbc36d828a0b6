-- What the inbox lists of a ticket, redacted as the events are. Tickets of before get theirs when they change next, or with
-- `baton ledger rebuild`.
alter table open_tickets add column owed_at integer not null default 9223372036854775807;  -- the last value: nothing is owed
alter table open_tickets add column warn_at integer;          -- from when on it is pressing
alter table open_tickets add column channel text not null default '';
alter table open_tickets add column customer text;
alter table open_tickets add column tier text;
alter table open_tickets add column summary text;
alter table open_tickets add column reason text;
alter table open_tickets add column words text not null default '';  -- lower case, for the search

update open_tickets set owed_at = coalesce(due_at, 9223372036854775807);

create index open_tickets_by_owed on open_tickets (owed_at, conversation_id);

-- Who has a ticket open now. Rows are of no use a minute later.
create table onlookers (
    conversation_id text not null,
    person text not null,
    seen_at integer not null,
    typed_at integer,                    -- when they last typed a reply
    primary key (conversation_id, person)
) without rowid;
