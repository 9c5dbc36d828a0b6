-- Runs of workflows, and what their steps have found: a run that a crash has cut goes on after its last step.
create table workflow_runs (
    id text primary key,
    conversation_id text not null,
    workflow text not null,
    started_at integer not null,
    ended_at integer,
    state text not null,                 -- running, done, person, waiting
    why text
);
create index workflow_runs_newest on workflow_runs (started_at);
create index workflow_runs_by_ticket on workflow_runs (conversation_id);

create table workflow_steps (
    run_id text not null,
    position integer not null,
    name text not null,
    agent text not null,
    tool text,
    state text not null,                 -- done, stopped, failed, waiting, undone, undo_failed
    note text,
    reference text,
    amount text,
    currency text,
    key_id integer,                      -- of the customer: what the tool has answered is sealed, as messages are
    sealed blob,
    took_ms integer not null,
    ended_at integer not null,
    primary key (run_id, position)
);
