-- What people say a real ticket should have come to; exported as a set. The words stay in the ledger, redacted.
create table eval_labels (
    conversation_id text not null primary key,
    outcome         text not null,      -- answer, ask, person, silent
    labelled_by     text not null,
    at_ms           integer not null
);
