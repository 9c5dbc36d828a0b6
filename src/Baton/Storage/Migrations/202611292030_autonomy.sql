-- How freely automation answers an intent now; the playbook's own word is the ceiling. Changes are events.
create table autonomy (
    intent     text not null primary key,
    rung       text not null,
    share      real not null,
    changed_by text not null,
    why        text not null,
    changed_at integer not null
);
