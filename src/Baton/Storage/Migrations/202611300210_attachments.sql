-- What customers sent beside their words. Bodies are raw personal data, as those of messages: whoever erases a message
-- erases these with it.
create table attachments (
    conversation_id text not null,
    position integer not null,      -- of the message that it came with
    number integer not null,        -- within the message, from 1
    name text not null,             -- as the sender called it, without folders and control characters
    type text not null,             -- by its content, not by what the sender says
    size integer not null,
    sha256 text,                    -- of the body, in hex
    body blob,
    not_stored text,                -- why there is no body; null where there is one
    primary key (conversation_id, position, number)
);
