-- What people's work speaks for adding to the playbook. Texts are redacted; a decision on one holds when it is found again.
create table suggestions (
    id         text not null primary key,
    kind       text not null,           -- example, question, section, synonym
    target     text not null,
    said       text not null,           -- what is added; as a person edited it
    why        text not null,
    tickets    text not null,           -- JSON list of ids
    found_ms   integer not null,
    verdict    text not null,           -- open, accepted, rejected
    decided_by text,
    decided_ms integer
);
create index suggestions_open on suggestions (verdict, found_ms);

-- What was found when it was last looked for, as JSON: gaps, collisions.
create table learned (
    kind  text not null primary key,
    at_ms integer not null,
    found text not null
);
