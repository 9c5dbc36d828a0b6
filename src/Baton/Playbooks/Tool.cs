using System.Text.Json.Nodes;

namespace Baton.Playbooks;

/// <summary>An HTTP function that automation may call.</summary>
public sealed record Tool
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> …</summary>
    public required string Method { get; init; }

    /// <summary>Absolute address with <c>{input}</c> holes; <c>{base}</c> is the host's own address (demo system).</summary>
    public required string Url { get; init; }

    /// <summary>JSON schema of the inputs.</summary>
    public required JsonObject InputSchema { get; init; }

    /// <summary>What a caller must hold, e.g. <c>orders:read</c>.</summary>
    public required string Scope { get; init; }

    public required ToolRisk Risk { get; init; }

    /// <summary>Header name → environment variable that holds its value; the value itself is never stored.</summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Longest time for one call. 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Largest answer read, bytes.</summary>
    public int MaxResponseBytes { get; init; } = 65_536;

    /// <summary>Whether calling twice with the same input has the effect of calling once.</summary>
    public bool Idempotent { get; init; } = true;
}

/// <summary>What can go wrong when a tool is called without need. Money is high.</summary>
public enum ToolRisk
{
    Low,
    Medium,
    High,
}
