-- A message that nobody can send is put aside until somebody releases it; its reason is in `error`.
alter table outbox add column held_at_ms integer;
create index outbox_held on outbox (kind, id) where held_at_ms is not null;
