-- The list of tickets that are not closed, however many are: a few thousand among millions.
create index conversations_open on conversations (updated_at desc, conversation_id) where status <> 'closed';
