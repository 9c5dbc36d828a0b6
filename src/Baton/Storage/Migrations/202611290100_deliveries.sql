-- The names under which a delivery came: the same name again is the same delivery. Kinds are spaces that never meet.
--   ticket:  scope is the channel, id what the channel calls the delivery that opened a ticket
--   message: scope is channel and conversation with a space between, id what the sender calls the message
--   key:     scope is the conversation ('' for a new ticket), id an Idempotency-Key
create table deliveries (
    kind text not null,
    scope text not null,
    id text not null,
    message_id text not null,       -- the message it became; the first one of a ticket
    primary key (kind, scope, id)
) without rowid;

insert into deliveries (kind, scope, id, message_id)
select 'key', '', substr(external_id, 13), id from messages
where position = 1 and external_id like 'idempotency:%' and external_id <> conversation_id
order by received_at
on conflict do nothing;

insert into deliveries (kind, scope, id, message_id)
select 'ticket', channel, external_id, id from messages
where position = 1 and external_id is not null and external_id not like 'idempotency:%'
    and external_id <> conversation_id;

insert into deliveries (kind, scope, id, message_id)
select 'message', channel || ' ' || conversation_id, external_id, id from messages
where position > 1 and external_id is not null;

drop index messages_by_external_id;

-- Digest of what was delivered: tells a repeated delivery from another one under the same name. Null for rows written
-- before it was kept. It is made of raw text, so erasing a customer empties it too.
alter table messages add column digest text;
