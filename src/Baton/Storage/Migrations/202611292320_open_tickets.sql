-- One row for each ticket that people have to work on; derived from the events like the other read tables. What an older
-- ledger says of needs and offers comes with the next change of a ticket, or with `baton ledger rebuild`.
create table open_tickets (
    conversation_id text primary key,
    queue text not null,
    claimed integer not null,
    person text,                         -- who has it, or is offered it
    offer_ends integer,
    priority integer not null,           -- 0 low, 1 normal, 2 high, 3 urgent
    due_at integer,
    waiting_since integer not null,
    points integer not null,
    load integer not null,               -- points that count now: 0 while the customer's answer is waited for
    language text,
    skills text not null,                -- with commas between
    preferred text not null,
    passed_by text not null              -- who declined or let it pass, oldest first
);
create index open_tickets_by_queue on open_tickets (queue, claimed);
create index open_tickets_by_person on open_tickets (person) where person is not null;

insert into open_tickets (conversation_id, queue, claimed, priority, due_at, waiting_since, points, load, skills,
    preferred, passed_by)
select conversation_id, coalesce(queue, ''), case when status = 'claimed' then 1 else 0 end,
    case priority when 'low' then 0 when 'high' then 2 when 'urgent' then 3 else 1 end, due_at, updated_at, 1, 1, '', '', ''
from conversations where status in ('escalated', 'claimed');

-- A counter that every escalation of a queue updated: counted from open_tickets instead.
drop table queue_load;
