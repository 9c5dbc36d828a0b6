-- Lists of the inbox: priority, what is owed first, what has waited longest.
drop index open_tickets_by_owed;
create index open_tickets_by_place on open_tickets (priority desc, owed_at, waiting_since, conversation_id);
