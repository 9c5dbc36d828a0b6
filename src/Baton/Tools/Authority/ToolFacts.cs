using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;

namespace Baton.Tools.Authority;

/// <summary>
/// What is known about a call from sources that no customer and no model can write: the decision rests on nothing else.
/// </summary>
internal sealed record ToolFacts
{
    /// <summary>Answers of the tool's look-ups, by name; <c>customer</c> holds id and tier.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>How far it is known who asks.</summary>
    public IdentityNeed Identity { get; init; }

    /// <summary>What was done with this tool before, by span.</summary>
    public ToolUsage Usage { get; init; } = new();

    /// <summary>What the agent has used up in this ticket.</summary>
    public AgentSpent Spent { get; init; } = new();

    /// <summary>
    /// What the customer said to exactly this call when it was shown to them: yes, something else, or nothing yet.
    /// </summary>
    public bool? Agreed { get; init; }

    /// <summary>Whether people have approved exactly this effect, as many as had to.</summary>
    public bool Approved { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>Effects of one tool so far, those under way included.</summary>
internal sealed record ToolUsage(
    Used Ticket = default, Used CustomerDay = default, Used Day = default);

/// <summary>Calls and money of a span.</summary>
internal readonly record struct Used(int Count, decimal Amount);

/// <summary>What an agent has used up in a ticket.</summary>
internal sealed record AgentSpent(int Calls = 0, long Tokens = 0, decimal Usd = 0, decimal Amount = 0);
