-- Out of office from a time on, and whether the open tickets were handed over for this absence.
alter table people add column away_from integer;
alter table people add column away_handed integer not null default 0;
