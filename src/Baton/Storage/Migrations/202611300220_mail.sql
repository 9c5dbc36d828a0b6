-- How far each mailbox has been read. A mailbox that was made anew has another validity, and its numbers begin anew.
create table mail_folders (
    place text primary key,         -- digest of server, account and folder
    uid_validity integer not null,
    last_uid integer not null
) without rowid;
