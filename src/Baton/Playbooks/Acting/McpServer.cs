namespace Baton.Playbooks.Acting;

/// <summary>A server of the Model Context Protocol, whose tools tool files may name.</summary>
public sealed record McpServer
{
    public required string Name { get; init; }

    /// <summary>Address (streamable HTTP); null for a program.</summary>
    public Uri? Url { get; init; }

    /// <summary>Program and its arguments (stdio); the operator must allow the program. Empty for an address.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Header name → environment variable that holds its value.</summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables that a program gets beside the usual ones.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];
}

/// <summary>A tool of an MCP server.</summary>
public sealed record McpTarget(McpServer Server, string Tool);
