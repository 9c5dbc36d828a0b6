-- A month that is destroyed takes its tickets' rows out of every table; without these each ticket would read all of them.
create index deliveries_by_message on deliveries (message_id);
create index shadow_pairs_by_ticket on shadow_pairs (conversation_id);
create index shadow_verdicts_by_ticket on shadow_verdicts (conversation_id);
create index rollout_tickets_by_ticket on rollout_tickets (conversation_id);
create index tool_denials_by_ticket on tool_denials (conversation_id);
