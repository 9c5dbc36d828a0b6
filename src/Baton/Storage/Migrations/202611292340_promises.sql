-- Every promise of a time to customers, and what became of it.
create table promises (
    conversation_id text not null,
    made_at integer not null,
    promised_by integer not null,
    queue text not null,
    state text not null,                 -- open, kept, broken, over
    settled_at integer,
    primary key (conversation_id, made_at)
);
create index promises_by_due on promises (promised_by);

-- Calls that were promised. The number is a placeholder of the conversation, as in the events.
create table callbacks (
    conversation_id text primary key,
    queue text not null,
    number text not null,
    due_at integer not null,
    attempts integer not null,
    state text not null                  -- open, missed, done
);
create index callbacks_owed on callbacks (due_at) where state <> 'done';
