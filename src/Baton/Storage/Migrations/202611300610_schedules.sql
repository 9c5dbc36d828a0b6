-- What happens by the calendar; each row keeps one timer of its kind set for its next time.
create table schedules (
    name    text not null primary key,
    kind    text not null,      -- of the job that its timer becomes
    cron    text not null,      -- five fields
    zone    text not null,      -- IANA time zone
    next_ms integer not null,
    last_ms integer             -- when it fired last
);
-- Runs over labelled tickets, kept to see a trend and to compare two of them ticket by ticket.
create table eval_runs (
    id       text not null primary key,
    at_ms    integer not null,
    playbook text not null,
    set_name text not null,
    tickets  integer not null,
    runs     integer not null,
    sampled  integer,           -- seed of the sample; null where all tickets were run
    verdict  text,              -- pass, fail, undecided; null where no gate was held
    figures  text not null,     -- JSON: metrics and slices
    outcomes text not null      -- JSON: what each ticket came to, without its words
);
create index eval_runs_by_time on eval_runs (at_ms);
