using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Running;
using Microsoft.Extensions.AI;

namespace Baton.Agents;

/// <summary>What an agent is asked to do for one message of a customer.</summary>
internal sealed record AgentTask
{
    public required Playbook Playbook { get; init; }

    /// <summary>Identity that begins; it may hand over to others.</summary>
    public required string Agent { get; init; }

    public required string ConversationId { get; init; }

    public required int Turn { get; init; }

    /// <summary>Id of the customer, whose key seals what is kept of the run.</summary>
    public string? CustomerId { get; init; }

    public Identity Identity { get; init; } = Identity.Unknown;

    public string? Tier { get; init; }

    /// <summary>What the customer said to the call that was shown to them last; null: nothing was.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Whether the turn is not tried again: what may still be under way goes to a person.</summary>
    public bool IsLast { get; init; }

    /// <summary>System text: the playbook's words.</summary>
    public required string Prompt { get; init; }

    /// <summary>The conversation, redacted and marked as material.</summary>
    public required string Conversation { get; init; }

    /// <summary>Options of a call of the model, with the context that the gateway needs.</summary>
    public Func<ChatOptions, ChatOptions> Options { get; init; } = options => options;

    /// <summary>Puts real values in for placeholders: tools are called with them.</summary>
    public Func<string, string> Restore { get; init; } = text => text;
}

/// <summary>How a run ended. The set is closed.</summary>
internal abstract record AgentEnd
{
    private AgentEnd() { }

    /// <param name="Text">For the customer, with placeholders.</param>
    public sealed record Answered(string Text) : AgentEnd;

    /// <param name="Why">For the packet and the trace; no personal data.</param>
    public sealed record Person(string Why) : AgentEnd;

    /// <summary>The customer has to see a call and say yes to it.</summary>
    /// <param name="Text">What they are shown, with real values.</param>
    /// <param name="Effect">Names what a yes is a yes to.</param>
    public sealed record Asks(string Text, string Effect) : AgentEnd;

    /// <summary>An earlier attempt of a call may still be under way: the turn is tried again in a moment.</summary>
    public sealed record Later(string Why) : AgentEnd;

    /// <summary>It goes on where it was when people have decided.</summary>
    public sealed record Waiting(string ApprovalId) : AgentEnd;
}

/// <summary>A run with what it used up and left behind.</summary>
internal sealed record AgentResult(
    AgentEnd End, AgentLog Log, IReadOnlyList<Conversations.ConversationEvent> Facts);
