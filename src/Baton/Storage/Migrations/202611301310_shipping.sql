-- What people say of a message that a shadow decides as well, also before it has.
create table shadow_verdicts (
    shadow_id       text not null,
    conversation_id text not null,
    turn            integer not null,
    needed          integer not null, -- 1: a person was needed
    primary key (shadow_id, conversation_id, turn)
) without rowid;
-- [{"FromMs":…,"Share":…}]: what new tickets were drawn with, and from when on.
alter table rollouts add column shares text not null default '[]';
-- Of an A/B comparison, once it is made: {"Word":…,"Why":…}.
alter table rollouts add column verdict text;
