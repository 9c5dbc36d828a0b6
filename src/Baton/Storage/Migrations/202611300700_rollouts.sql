-- Roll-outs of playbooks: the plan, where it stands, and what became of each ticket that took part.
create table rollouts (
    id          text not null primary key,
    candidate   text not null,        -- version
    control     text not null,        -- version that was in force
    plan        text not null,        -- JSON
    state       text not null,        -- running, paused, halted, stopped, completed
    step        integer not null,     -- of the ramp, from 0
    changed_by  text not null,
    why         text not null,
    started_ms  integer not null,
    step_ms     integer not null,     -- since when the step runs
    ended_ms    integer
);
create table rollout_tickets (
    rollout_id      text not null,
    conversation_id text not null,
    candidate       integer not null, -- 1: of the candidate's arm
    share           real not null,    -- of the candidate when the ticket was drawn
    at_ms           integer not null,
    turns           integer not null,
    escalated       integer not null, -- 0 or 1, as the next five
    overridden      integer not null,
    wrong           integer not null,
    denied          integer not null,
    rated           integer not null,
    unsatisfied     integer not null,
    cost_usd        real not null,
    latency_ln      real not null,    -- mean over turns of ln(1 + ms)
    primary key (rollout_id, conversation_id)
) without rowid;
