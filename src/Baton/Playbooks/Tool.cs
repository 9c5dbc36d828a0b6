using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;

namespace Baton.Playbooks;

/// <summary>
/// A function that automation may call: over HTTP, of an MCP server, or built in. What it may do, for whom and how much
/// of it is declared here and enforced in code at the moment of the call; see <c>docs/tools.md</c>.
/// </summary>
public sealed record Tool
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> …; empty for a tool that is not called over HTTP.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// Absolute address with <c>{input}</c> holes; <c>{base}</c> is the host's own address (demo system). Empty for a
    /// tool that is not called over HTTP.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>The tool of an MCP server that stands behind it; null for other kinds.</summary>
    public McpTarget? Mcp { get; init; }

    /// <summary>Name of a function of Baton's own; null for other kinds.</summary>
    public string? Builtin { get; init; }

    /// <summary>
    /// JSON schema of the inputs. An input with <c>from: customer.id</c> or <c>from: customer.email</c> is filled with
    /// who asks, when that is verified; what a customer merely writes never fills it.
    /// </summary>
    public required JsonObject InputSchema { get; init; }

    /// <summary>JSON schema of the answer; null means any JSON. An answer that does not fit is a failure.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>What is sent instead of the inputs as they are, with <c>{input}</c> holes; null: the inputs.</summary>
    public JsonObject? Body { get; init; }

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

    /// <summary>Whether calling it changes something.</summary>
    public bool HasEffect => Risk != ToolRisk.Read;

    /// <summary>How far it must be known who asks.</summary>
    public IdentityNeed Identity { get; init; } = IdentityNeed.None;

    /// <summary>What code looks up before each call, so that its conditions rest on facts and not on words.</summary>
    public IReadOnlyList<ToolLookup> Lookups { get; init; } = [];

    /// <summary>Computed facts, in order; each may name those before it.</summary>
    public IReadOnlyList<ToolFact> Facts { get; init; } = [];

    /// <summary>
    /// All must hold, each under the name of its clause. A fact that is not known never lets one hold.
    /// </summary>
    public IReadOnlyList<Precondition> Preconditions { get; init; } = [];

    public ToolLimits Limits { get; init; } = new();

    /// <summary>The input that is an amount of money; null when none is.</summary>
    public ToolMoney? Money { get; init; }

    /// <summary>Whether the customer has to say yes to exactly this call; null: not.</summary>
    public ToolConfirmation? Confirm { get; init; }

    /// <summary>When a person decides; null: never because of the tool itself.</summary>
    public ToolApproval? Approval { get; init; }

    /// <summary>
    /// Where the value of an input must be found in what was looked up, by input: then a value is trusted even when a
    /// model chose it. Any of the places will do.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> BackedBy { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Inputs that may be anything, such as a reason: they decide neither who nor how much.</summary>
    public IReadOnlyList<string> FreeInputs { get; init; } = [];

    /// <summary>
    /// Names one effect, with holes for inputs, <c>{ticket}</c> and <c>{tool}</c>; null: ticket, tool and inputs.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Header in which the tool is told the key; null when it does not know keys.</summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>Whether calling twice with the same input or key has the effect of calling once.</summary>
    public bool Idempotent { get; init; } = true;

    /// <summary>
    /// How to find out whether a call that nobody heard of again had its effect; null: a person looks.
    /// </summary>
    public ToolReconcile? Reconcile { get; init; }

    /// <summary>What in the answer proves the effect.</summary>
    public ToolReceipt Receipt { get; init; } = new();

    /// <summary>
    /// What the customer is told when it is done, with holes for the answer; null: nothing of its own.
    /// </summary>
    public string? Told { get; init; }

    /// <summary>Header name → environment variable that holds its value; the value itself is never stored.</summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Longest time for one call. 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Largest answer read, bytes.</summary>
    public int MaxResponseBytes { get; init; } = 65_536;
}

/// <summary>What can go wrong when a tool is called without need.</summary>
public enum ToolRisk
{
    /// <summary>It changes nothing.</summary>
    Read,

    /// <summary>It changes something that anybody can change back.</summary>
    Low,

    /// <summary>It changes what is hard to change back: an address, an account, an order.</summary>
    High,

    /// <summary>It moves money.</summary>
    Money,
}

/// <summary>Whose the things are that a tool tells of, and what a stranger may learn of them.</summary>
/// <param name="Path">Place of the owner's e-mail address or customer id in the answer, e.g.
/// <c>order.customer_email</c>.</param>
/// <param name="WithoutOwner">
/// What whoever names the thing may see, as places beside the owner, e.g. <c>status</c> or <c>refund.status</c>;
/// everything else needs the owner.
/// </param>
public sealed record ToolOwner(string Path, IReadOnlyList<string> WithoutOwner);
