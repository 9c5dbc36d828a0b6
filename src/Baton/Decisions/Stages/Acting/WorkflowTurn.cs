using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions.Turns;
using Baton.Playbooks.Workflows;
using Baton.Workflows;

namespace Baton.Decisions.Stages.Acting;

/// <summary>Whether a turn may be acted on, and with what.</summary>
internal static class WorkflowTurn
{
    /// <summary>Of the hash, so many bytes tell runs of one turn apart.</summary>
    private const int DigestBytes = 6;

    /// <summary>
    /// The workflow of what is asked for, where all it needs is there or may be asked for, and the channel has verified
    /// who asks.
    /// </summary>
    public static Workflow? Of(Turn turn, ConversationStore store)
    {
        if (turn.Playbook.Workflows.Count == 0 || turn.Playbook.WorkflowFor(turn.Triage.Intent) is not { } workflow
            || turn.Triage.IsOutOfScope || turn.Triage.Confidence < turn.TriageFrom(turn.Triage)) return null;
        if (!workflow.Asks && Missing(turn, workflow).Count > 0) return null;
        return TurnSender.Of(store, turn.Conversation) is Identity.Verified ? workflow : null;
    }

    /// <summary>Fields that it needs and nobody has named.</summary>
    public static IReadOnlyList<string> Missing(Turn turn, Workflow workflow) =>
        [.. workflow.Needs.Where(f => !turn.Fields.ContainsKey(f))];

    /// <summary>What a run begins with, real values in place of placeholders.</summary>
    public static WorkflowStart Start(Turn turn, Workflow workflow, ConversationStore store)
    {
        var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, turn.Conversation.Id));
        var fields = workflow.Needs.Where(turn.Fields.ContainsKey)
            .ToDictionary(f => f, f => placeholders.Restore(turn.Fields[f]));
        var named = Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Join('\n', fields.Values))).AsSpan(0, DigestBytes));
        return new WorkflowStart
        {
            // A message that comes while it runs starts the turn over, and not the run.
            RunId = $"{turn.Conversation.Id}/{turn.Conversation.DecidedTurn + 1}/{workflow.Name}/{named}",
            ConversationId = turn.Conversation.Id, Turn = turn.Number,
            Identity = TurnSender.Of(store, turn.Conversation), Tier = turn.Customer.Tier, Fields = fields,
            Text = $"{turn.Subject}\n{turn.Body}", Consent = TurnConsent.Of(turn),
        };
    }
}
