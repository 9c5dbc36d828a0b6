-- Lists with filters that people keep under a name. A shared one is everybody's to open.
create table inbox_views (
    owner text not null,
    name text not null,
    query text not null,                 -- as in the address of the list
    shared integer not null,
    primary key (owner, name)
) without rowid;
