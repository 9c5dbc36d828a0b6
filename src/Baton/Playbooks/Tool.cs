using System.Text.Json.Nodes;

namespace Baton.Playbooks;

/// <summary>An HTTP function that automation may call.</summary>
public sealed record Tool
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> …</summary>
    public required string Method { get; init; }

    /// <summary>
    /// Absolute address with <c>{input}</c> holes; <c>{base}</c> is the host's own address (demo system).
    /// </summary>
    public required string Url { get; init; }

    /// <summary>
    /// JSON schema of the inputs. An input with <c>from: customer.id</c> or <c>from: customer.email</c> is filled with
    /// who asks, when that is verified; what a customer merely writes never fills it.
    /// </summary>
    public required JsonObject InputSchema { get; init; }

    /// <summary>Whose the things are that it tells of; null when they are nobody's.</summary>
    public ToolOwner? Owner { get; init; }

    /// <summary>
    /// Place of the value of the order in question in its answer, for rules over <c>order_value</c>; rules see it
    /// whoever asks, customers do not. Null means none.
    /// </summary>
    public string? OrderValue { get; init; }

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

/// <summary>Whose the things are that a tool tells of, and what a stranger may learn of them.</summary>
/// <param name="Path">Place of the owner's e-mail address or customer id in the answer, e.g.
/// <c>order.customer_email</c>.</param>
/// <param name="WithoutOwner">
/// What whoever names the thing may see, as places beside the owner, e.g. <c>status</c> or <c>refund.status</c>;
/// everything else needs the owner.
/// </param>
public sealed record ToolOwner(string Path, IReadOnlyList<string> WithoutOwner);
