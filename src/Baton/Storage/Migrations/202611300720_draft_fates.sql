-- What people did with drafts; derived from the events, and comes anew with `baton ledger rebuild`.
create table draft_fates (
    conversation_id text not null,
    turn            integer not null,
    intent          text not null,
    fate            text not null,     -- sent, edited, discarded
    changed         real not null,     -- words that differ, of the longer text: 0 to 1
    at_ms           integer not null,
    primary key (conversation_id, turn)
) without rowid;
create index draft_fates_by_intent on draft_fates (at_ms, intent);
