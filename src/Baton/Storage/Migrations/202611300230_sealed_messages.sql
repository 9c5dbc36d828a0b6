-- Texts of customers are encrypted with a key for each customer, or for each conversation where the customer has no id.
-- The keys are files outside the database: a copy of the database alone opens nothing, and a key that was destroyed
-- takes its texts with it wherever copies of them are.
--   sealed:        body, subject, sender and digest; those columns hold them in rows of before (body is '' otherwise)
--   sealed_values: the placeholders of the row, likewise
--   redacted:      the text without personal data: what is searched, and what those see who may not see more
alter table messages add column key_id integer;
alter table messages add column sealed blob;
alter table messages add column sealed_values blob;
alter table messages add column redacted text;
alter table messages add column erased_at integer;

-- Rows that are not encrypted yet: none after the sweep.
create index messages_plain on messages (id) where key_id is null and erased_at is null;

create table customer_keys (
    customer_id text primary key,
    key_id integer not null
) without rowid;

-- Files of keys that this database needs.
create table key_files (
    file integer primary key
);

-- What was erased, so that every process forgets what it remembers of the customer.
create table erasures (
    id integer primary key autoincrement,
    customer_id text not null,      -- or the conversation's id, where the customer has none
    at_ms integer not null
);

-- Keys whose rows are gone: one that was destroyed and is not here tells that this is an older copy.
create table erased_keys (
    key_id integer primary key
);

-- Who opened raw texts of a ticket, once each: follows from the streams operations/reads/<ticket>.
create table data_reads (
    conversation_id text not null,
    reader text not null,
    at_ms integer not null,
    primary key (conversation_id, reader)
);
create index data_reads_by_time on data_reads (at_ms desc, conversation_id, reader);

-- Files of customers, with the key of their message: name and digest in sealed_name, the body in sealed.
alter table attachments add column key_id integer;
alter table attachments add column sealed_name blob;
alter table attachments add column sealed blob;
