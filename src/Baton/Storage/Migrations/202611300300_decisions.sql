-- A decision is told by the events of its turn; its JSON was a quarter of the file.
alter table decisions drop column decision;
