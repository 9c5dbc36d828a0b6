using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Outgoing;
using ModelContextProtocol.Client;

namespace Baton.Tools.Mcp;

/// <summary>How a tool of an MCP server stands.</summary>
/// <param name="Seen">Digest of what the server says of it now.</param>
/// <param name="Accepted">Digest that a person has accepted; null: none yet.</param>
internal sealed record McpPin(
    string Server, string Tool, string Seen, string? Accepted, string? By, DateTimeOffset SeenAt)
{
    public bool IsAccepted => Seen == Accepted;
}

/// <summary>
/// What servers say of their tools, held against what a person has read and accepted: another description or schema
/// disables the tool.
/// </summary>
internal sealed class McpPins(Database database, Notices notices, TimeProvider clock)
{
    /// <summary>Name, description and schemas, in one digest.</summary>
    public static string DigestOf(McpClientTool tool)
    {
        var said = new JsonObject
        {
            ["name"] = tool.Name, ["title"] = tool.Title, ["description"] = tool.Description,
            ["input"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
            ["output"] = tool.ReturnJsonSchema is { } output ? JsonNode.Parse(output.GetRawText()) : null,
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToJsonString())));
    }

    /// <summary>Notes what was seen, and tells the operators of a tool that nobody has accepted so.</summary>
    public async Task<McpPin> SeeAsync(McpServer server, McpClientTool tool, CancellationToken cancellationToken)
    {
        var digest = DigestOf(tool);
        if (database.Read(c => Find(c, server.Name, tool.Name)) is { } known && known.Seen == digest) return known;
        return await database.WriteAsync(transaction =>
        {
            transaction.Execute(
                """
                insert into mcp_tools (server, tool, seen, seen_at_ms) values ($1, $2, $3, $4)
                on conflict (server, tool) do update set seen = $3, seen_at_ms = $4
                """,
                server.Name, tool.Name, digest, SqlValue.Ms(clock.GetUtcNow()));
            var pin = Find(transaction, server.Name, tool.Name)!;
            if (!pin.IsAccepted)
                notices.Raise(transaction, new Notice
                {
                    To = "operators", Urgency = NoticeUrgency.High, Group = Group(pin),
                    Title = $"Tool {tool.Name} of MCP server {server.Name} is {(pin.Accepted is null ? "new" : "another one now")}",
                    Text = "It is not called until somebody has read it: "
                        + $"baton tools accept {server.Name} {tool.Name} shows and accepts it.",
                });
            return pin;
        }, cancellationToken);
    }

    /// <summary>A person has read what was seen; false when that has changed since, or there is no such tool.</summary>
    public Task<bool> AcceptAsync(
        string server, string tool, string digest, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var accepted = transaction.Execute(
                """
                update mcp_tools set accepted = seen, accepted_by = $4, accepted_at_ms = $5
                where server = $1 and tool = $2 and seen = $3
                """,
                server, tool, digest, by, SqlValue.Ms(clock.GetUtcNow())) == 1;
            if (!accepted) return false;
            notices.Close(transaction, $"mcp/{server}/{tool}");
            AccessRecord.Append(transaction, clock.GetUtcNow(), "ToolAccepted",
                ("server", server), ("tool", tool), ("digest", digest), ("by", by));
            return accepted;
        }, cancellationToken);

    public static McpPin? Find(ReadConnection connection, string server, string tool) => connection.First(
        "select server, tool, seen, accepted, accepted_by, seen_at_ms from mcp_tools where server = $1 and tool = $2",
        row => new McpPin(
            row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4), row.Time(5)),
        server, tool);

    private static string Group(McpPin pin) => $"mcp/{pin.Server}/{pin.Tool}";
}
