-- Whether a person wants a message to be sent, whatever held it.
alter table outbox add column by_person integer not null default 0;
