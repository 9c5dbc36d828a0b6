-- When a person owes the customer the next thing; null for tickets that nobody has to work on. Tickets of before get
-- theirs when they change next, or with `baton ledger rebuild`.
alter table conversations add column due_at integer;
