using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>In whose name and under which policy calls are made, and what they left behind.</summary>
internal sealed record ToolContext
{
    public required Playbook Playbook { get; init; }

    /// <summary>Who asks.</summary>
    public Identity Identity { get; init; } = Identity.Unknown;

    /// <summary>Tier of the customer, for conditions.</summary>
    public string? Tier { get; init; }

    /// <summary>What the customer said to the call that was shown to them last; null: nothing was.</summary>
    public Consent? Consent { get; init; }

    /// <summary>
    /// What the agent has used up in this ticket, the money that it moved left out: that is on record.
    /// </summary>
    public AgentSpent Spent { get; init; } = new();

    /// <summary>Looks everything up and decides, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happened, for the ledger; the caller saves it with its own facts.</summary>
    public List<ConversationEvent> Facts { get; } = [];
}
