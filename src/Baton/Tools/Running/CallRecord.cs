using System.Diagnostics;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>One attempt, for the ledger: typed values only, and of inputs no more than their digest.</summary>
internal sealed record CallRecord(Tool Tool, ToolCall Call, double LatencyMs, int Attempt, string? Effect = null)
{
    /// <param name="outcome">See <see cref="WordOf"/>; <c>known</c>, <c>unclear</c> and <c>reconciled</c> besides.</param>
    public ConversationEvent.ToolCalled Fact(
        string outcome, string? reference = null, decimal? amount = null, string? currency = null) => new(
            Call.Turn, Tool.Name, Tool.Scope, EffectKey.InputDigest(Call), outcome, Math.Round(LatencyMs, 3),
            Call.Agent, Effect, Attempt, reference, amount, currency);

    public static ConversationEvent.ToolDenied Refused(Tool? tool, ToolCall call, ToolVerdict.Denied denied) => new(
        call.Turn, tool?.Name ?? "unknown", tool?.Scope ?? "", denied.Reason, call.Agent, denied.Clause);

    public static ConversationEvent.ApprovalRequested Asked(Approval asked) => new(
        asked.Turn, asked.Tool, asked.InputDigest, asked.Reason, asked.Id, asked.Agent, asked.Amount, asked.Currency,
        asked.Role, asked.FourEyes, asked.ExpiresAt);

    /// <summary>The word of a result in events and metrics.</summary>
    public static string WordOf(ToolResult result) => result switch
    {
        ToolResult.Ok => "ok",
        ToolResult.NotFound => "not_found",
        ToolResult.BadInput => "bad_input",
        ToolResult.NotTheirs => "not_theirs",
        ToolResult.Broken => "broken",
        _ => "failed",
    };

    /// <summary>A result without an answer as an outcome; nothing has happened.</summary>
    public static ToolOutcome Failure(Tool tool, ToolResult result) => result switch
    {
        ToolResult.NotFound => new ToolOutcome.Failed(ToolFailure.NotFound, $"{tool.Name} found nothing", false),
        ToolResult.NotTheirs => new ToolOutcome.Failed(
            ToolFailure.NotTheirs, $"what {tool.Name} found belongs to another customer", false),
        ToolResult.BadInput bad => new ToolOutcome.Failed(ToolFailure.BadInput, $"{bad.Input} {bad.Why}", false),
        ToolResult.Broken broken => new ToolOutcome.Failed(ToolFailure.Broken, $"{broken.Dependency} is down", false),
        ToolResult.Failed failed => new ToolOutcome.Failed(
            failed.IsTransient ? ToolFailure.Unavailable : ToolFailure.Declined, $"{tool.Name}: {failed.Why}",
            failed.IsTransient),
        _ => throw new UnreachableException(result.GetType().Name),
    };
}
