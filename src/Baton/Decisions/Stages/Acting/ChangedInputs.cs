using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Playbooks;
using Baton.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// Holds inputs that a person wants instead of those that were asked for against the same clauses, before their yes
/// counts. It looks up and decides; it changes and records nothing.
/// </summary>
internal sealed class ChangedInputs(ConversationStore store, ToolRunner runner, PlaybookHost playbooks)
{
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <inheritdoc cref="ApprovalCheck"/>
    public async Task<ApprovalObjection?> ProblemAsync(
        Approval approval, string inputs, CancellationToken cancellationToken)
    {
        if (Read(inputs) is not { } changed)
            return new ApprovalObjection("inputs must be one object that names every input once", "input:inputs");
        var conversation = store.Load(approval.ConversationId);
        var playbook = playbooks.For(conversation.Id);
        var call = new ToolCall
        {
            Tool = approval.Tool, Agent = approval.Agent, ConversationId = approval.ConversationId,
            Turn = approval.Turn, Inputs = changed, FromCode = changed.Select(i => i.Key).ToHashSet(), ByPerson = true,
        };
        // What the agent asked for was decided when it asked.
        if (EffectKey.InputDigest(call) == approval.InputDigest) return null;
        var context = new ToolContext
        {
            Playbook = playbook, Identity = TurnSender.Of(store, conversation),
            Tier = conversation.Customer?.Tier ?? playbook.UnknownCustomerTier,
        };
        return await runner.JudgeAsync(call, context, approval.EffectKey, cancellationToken) switch
        {
            null => null,
            ToolOutcome.Refused { Denied: var denied } => new ApprovalObjection(
                $"policy does not allow it ({denied.Clause}): {denied.Reason}; change the inputs, or refuse it",
                denied.Clause),
            ToolOutcome.Failed { Kind: ToolFailure.NotTheirs or ToolFailure.NotFound } failed => new ApprovalObjection(
                $"policy does not allow it: {failed.Why}; change the inputs, or refuse it", "lookup"),
            ToolOutcome.Failed failed => new ApprovalObjection(
                $"the changed inputs cannot be checked now ({failed.Why}): try again, or approve what was asked for",
                null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static JsonObject? Read(string inputs)
    {
        try
        {
            return JsonNode.Parse(inputs, null, Once) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
