-- Answers that may also be given to a similar question. The group is the request without its question; the question is
-- redacted, as every text outside the message table.
alter table cached_answers add column group_key blob;
alter table cached_answers add column question text;

create index cached_answers_group on cached_answers (group_key, at) where group_key is not null;
