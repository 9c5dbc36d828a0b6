-- What MCP servers say of their tools, as digests: seen last, and accepted by a person.
create table mcp_tools (
    server text not null,
    tool text not null,
    seen text not null,
    seen_at_ms integer not null,
    accepted text,
    accepted_by text,
    accepted_at_ms integer,
    primary key (server, tool)
);
